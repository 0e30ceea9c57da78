import { MicroblogError } from '../kernel/errors.ts';
import { type ArchiveContent, archiveKinds, archiveTable, noRecords } from './archive-content.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION } from './archive-schema.ts';

/**
 * Writes the lines of an archive, one batch at a time: a header, then one line per record. Each line is JSON and ends
 * with a line feed. `docs/backup.md` describes the format.
 * @throws {MicroblogError} `storage_failed` if the number of records differs from the counts of the content.
 */
export async function* encodeArchive(content: ArchiveContent, createdAt: Date): AsyncGenerator<string> {
  const { migrations, counts } = content;
  yield line({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, createdAt, migrations, counts });
  const written = { ...noRecords };
  for await (const { kind, records } of content.batches()) {
    written[kind] += records.length;
    // The list of fields fixes their order, so that equal contents give equal bytes. It also leaves out fields that
    // could not be read back.
    const fields = Object.keys(archiveTable(kind).schema.shape);
    const ordered = (record: object) => fields.map((field) => [field, sorted(record[field as keyof object])]);
    yield records.map((record) => line({ kind, ...Object.fromEntries(ordered(record)) })).join('');
  }
  const wrong = archiveKinds.find((kind) => written[kind] !== counts[kind]);
  if (wrong !== undefined) {
    throw new MicroblogError(
      'storage_failed',
      `The storage counted ${counts[wrong]} ${wrong} but returned ${written[wrong]}. Try again.`,
    );
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Sorts the keys of JSON objects: each storage returns them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
