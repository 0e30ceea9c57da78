import { createHash } from 'node:crypto';

/** A value of a hot statement. Times are ISO texts. */
export type HotValue = string | number | boolean | null | readonly string[];

/** A row of a hot statement: each column as the text that Postgres sends, or null. */
export type HotRow = readonly (string | null)[];

// Why: docs/decisions/0100-hot-statements.md
/**
 * A statement that runs for almost every request, as plain SQL with `$1`, `$2` for its values. On connections to a
 * server it is prepared: each connection parses it once. The types say which values it takes and which columns it
 * returns, in this order; nothing checks them, so keep them next to the text.
 */
export interface HotStatement<Values extends readonly HotValue[], Row extends HotRow> {
  /** `schema` is quoted. */
  readonly text: (schema: string) => string;
  /** True if it changes something. */
  readonly writes: boolean;
  /** Never set: they carry the types. */
  readonly values?: Values;
  readonly row?: Row;
}

export type AnyHotStatement = HotStatement<readonly HotValue[], HotRow>;

export function hotRead<Values extends readonly HotValue[], Row extends HotRow>(
  text: (schema: string) => string,
): HotStatement<Values, Row> {
  return { text, writes: false };
}

export function hotWrite<Values extends readonly HotValue[], Row extends HotRow = readonly []>(
  text: (schema: string) => string,
): HotStatement<Values, Row> {
  return { text, writes: true };
}

/** A hot statement of one schema. */
export interface PreparedStatement {
  /**
   * Unique for the text, which contains the schema: storages with different schemas may share a lent pool, and a
   * connection refuses one name for two texts. Postgres allows 63 bytes.
   */
  readonly name: string;
  readonly text: string;
}

/** Returns the statement of the schema, and builds its text once. */
export function statementsOf(schema: string): (statement: AnyHotStatement) => PreparedStatement {
  const built = new Map<AnyHotStatement, PreparedStatement>();
  return (statement) => {
    const known = built.get(statement);
    if (known !== undefined) return known;
    const text = statement.text(`"${schema}"`);
    const name = `microblog_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    const prepared = { name, text };
    built.set(statement, prepared);
    return prepared;
  };
}
