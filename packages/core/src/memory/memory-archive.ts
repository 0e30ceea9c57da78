import {
  ARCHIVE_BATCH_SIZE,
  type ArchiveBatch,
  type ArchiveContent,
  type ArchiveKind,
  type ArchiveRecords,
  archiveKinds,
  archiveOrderKey,
  archiveTable,
} from '../archive/archive-content.ts';
import { archiveFault, archiveInvalid } from '../archive/archive-faults.ts';
import { compareIds } from '../kernel/ids.ts';
import { emptyRows, type Store, storeOn, tableOf } from './store.ts';
import type { RowOf, Rows } from './tables/index.ts';

/** The content of rows that no writer changes any more. */
export function contentOf(rows: Rows): ArchiveContent {
  return {
    migrations: [],
    counts: Object.fromEntries(
      archiveKinds.map((kind) => [kind, rows[kind].size]),
    ) as ArchiveContent['counts'],
    async *batches() {
      for (const kind of archiveKinds) yield* batchesOf(kind, rows);
    },
  };
}

function* batchesOf<Kind extends ArchiveKind>(kind: Kind, rows: Rows): Generator<ArchiveBatch> {
  const fields = Object.keys(archiveTable(kind).schema.shape);
  const records = [...rows[kind].values()].map(
    (row: object) =>
      Object.fromEntries(
        fields.map((field) => [field, row[field as keyof typeof row]]),
      ) as ArchiveRecords[Kind],
  );
  const keyOf = (record: ArchiveRecords[Kind]) => archiveOrderKey(kind, record);
  records.sort((a, b) => compareIds(keyOf(a), keyOf(b)));
  for (let from = 0; from < records.length; from += ARCHIVE_BATCH_SIZE) {
    yield { kind, records: records.slice(from, from + ARCHIVE_BATCH_SIZE) } as unknown as ArchiveBatch;
  }
}

/**
 * Makes new rows from the content, with counts.
 * @throws {MicroblogError} `archive_invalid` if records contradict each other.
 */
export async function rowsOf(content: ArchiveContent): Promise<Rows> {
  const store = storeOn(emptyRows());
  const taken = new Set<string>();
  for await (const { kind, records } of content.batches()) {
    for (const record of records) insertArchived(store, taken, kind, record);
  }
  return store.rows;
}

/**
 * `taken` has the values inserted before. With many rows, searching all of them for each insert would take too long.
 */
function insertArchived<Kind extends ArchiveKind>(
  store: Store,
  taken: Set<string>,
  kind: Kind,
  record: ArchiveRecords[Kind],
): void {
  const table = tableOf(kind);
  const row: RowOf<Kind> = archiveTable(kind).toRow(record);
  const unique = [{ of: table.key }, ...(table.unique ?? [])];
  for (const [place, { of }] of unique.entries()) {
    const value = of(row);
    const seen = JSON.stringify([kind, place, value]);
    if (taken.has(seen)) throw archiveInvalid(`Its records contradict each other (${kind} has a duplicate).`);
    if (value !== null) taken.add(seen);
  }
  try {
    store.insertUnique(kind, row);
  } catch (error) {
    throw archiveFault(error);
  }
}
