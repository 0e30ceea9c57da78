import { MicroblogError } from '../kernel/errors.ts';
import { idClash } from './id-clash.ts';
import type { Table } from './table.ts';
import { type RowOf, type Rows, type TableName, tableNames, tables } from './tables/index.ts';

/**
 * Writes rows of a draft and enforces what their tables declare: unique values, rows that must exist, rows deleted
 * along, and counts. Never changes a row in place, so a copy of the maps is a full copy.
 */
export interface Store {
  readonly rows: Rows;
  /** @throws {MicroblogError} if the row breaks a rule of its table, or its key or another unique value is in use. */
  insert<Name extends TableName>(name: Name, row: RowOf<Name>): void;
  /** As `insert`, but returns false and keeps the old row if the key is in use. */
  insertOnce<Name extends TableName>(name: Name, row: RowOf<Name>): boolean;
  /** As `insert`, but replaces the old row if the key is in use. Only for rows that no count depends on. */
  save<Name extends TableName>(name: Name, row: RowOf<Name>): void;
  /** Returns the changed row; null if it is missing. Only for fields that no count depends on. */
  update<Name extends TableName>(name: Name, key: string, changes: Partial<RowOf<Name>>): RowOf<Name> | null;
  /** Deletes the row and all that belong to it. Returns false if it did not exist. */
  delete(name: TableName, key: string): boolean;
  /** As `insert`, but does not check unique values: the caller has compared them. */
  insertUnique<Name extends TableName>(name: Name, row: RowOf<Name>): void;
}

export function emptyRows(): Rows {
  return Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Rows;
}

export function copyRows(rows: Rows): Rows {
  return Object.fromEntries(
    tableNames.map((name) => [name, new Map<string, object>(rows[name])]),
  ) as unknown as Rows;
}

export function tableOf<Name extends TableName>(name: Name): Table<RowOf<Name>> {
  return tables[name] as unknown as Table<RowOf<Name>>;
}

export function storeOn(rows: Rows): Store {
  const rowsOf = <Name extends TableName>(name: Name) => rows[name] as Map<string, RowOf<Name>>;

  function requireParents<Name extends TableName>(name: Name, row: RowOf<Name>): void {
    const { belongsTo, check } = tableOf(name);
    for (const parent of tableNames) {
      for (const key of belongsTo?.[parent]?.(row) ?? []) {
        if (!rows[parent].has(key)) throw missing(parent, key);
      }
    }
    check?.(row);
  }

  function requireFree<Name extends TableName>(name: Name, key: string, row: RowOf<Name>): void {
    for (const { of, taken } of tableOf(name).unique ?? []) {
      const value = of(row);
      if (value === null) continue;
      for (const [otherKey, other] of rowsOf(name)) {
        if (otherKey !== key && of(other) === value) throw taken(value);
      }
    }
  }

  function count<Name extends TableName>(name: Name, row: RowOf<Name>, step: 1 | -1): void {
    for (const [id, field] of tableOf(name).counts?.(row) ?? []) {
      const user = rows.users.get(id);
      if (user !== undefined) rows.users.set(id, { ...user, [field]: user[field] + step });
    }
  }

  function deleteRow<Name extends TableName>(name: Name, key: string): boolean {
    const row = rowsOf(name).get(key);
    if (row === undefined) return false;
    rowsOf(name).delete(key);
    count(name, row, -1);
    for (const child of tableNames) deleteChildren(child, name, key);
    return true;
  }

  function deleteChildren<Name extends TableName>(name: Name, parent: TableName, parentKey: string): void {
    const keysOf = tableOf(name).belongsTo?.[parent];
    if (keysOf === undefined) return;
    for (const [key, row] of rowsOf(name)) if (keysOf(row).includes(parentKey)) deleteRow(name, key);
  }

  const self: Store = {
    rows,
    insert(name, row) {
      const { key, keyTaken } = tableOf(name);
      requireParents(name, row);
      if (rowsOf(name).has(key(row))) throw keyTaken?.() ?? idClash(key(row));
      requireFree(name, key(row), row);
      rowsOf(name).set(key(row), row);
      count(name, row, 1);
    },
    insertUnique(name, row) {
      requireParents(name, row);
      rowsOf(name).set(tableOf(name).key(row), row);
      count(name, row, 1);
    },
    insertOnce(name, row) {
      requireParents(name, row);
      if (rowsOf(name).has(tableOf(name).key(row))) return false;
      self.insert(name, row);
      return true;
    },
    save(name, row) {
      const key = tableOf(name).key(row);
      requireParents(name, row);
      requireFree(name, key, row);
      rowsOf(name).set(key, row);
    },
    update(name, key, changes) {
      const row = rowsOf(name).get(key);
      if (row === undefined) return null;
      const changed = { ...row, ...changes };
      requireFree(name, key, changed);
      rowsOf(name).set(key, changed);
      return changed;
    },
    delete: deleteRow,
  };
  return self;
}

function missing(name: TableName, key: string): MicroblogError {
  const error = tableOf(name).notFound?.(key);
  return error ?? new MicroblogError('storage_failed', `A row of ${name} is missing.`, { details: { key } });
}
