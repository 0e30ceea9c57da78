import { MicroblogError } from '../kernel/errors.ts';
import { type ArchiveContent, archiveKinds, archiveTable, noRecords } from './archive-content.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION } from './archive-schema.ts';

/**
 * The lines of an archive, a batch of them at a time: a header, then a line for each record, all of them
 * JSON and ended by a line feed. `docs/backup.md` describes the format.
 * @throws {MicroblogError} `storage_failed` where the content is not what its counts say.
 */
export async function* encodeArchive(content: ArchiveContent, createdAt: Date): AsyncGenerator<string> {
  const { migrations, counts } = content;
  yield line({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, createdAt, migrations, counts });
  const written = { ...noRecords };
  for await (const { kind, records } of content.batches()) {
    written[kind] += records.length;
    // Named one by one: equal contents are equal bytes, and no field gets in that could not be read back.
    const fields = Object.keys(archiveTable(kind).schema.shape);
    const ordered = (record: object) => fields.map((field) => [field, sorted(record[field as keyof object])]);
    yield records.map((record) => line({ kind, ...Object.fromEntries(ordered(record)) })).join('');
  }
  const wrong = archiveKinds.find((kind) => written[kind] !== counts[kind]);
  if (wrong !== undefined) {
    throw new MicroblogError(
      'storage_failed',
      `The storage counted ${counts[wrong]} ${wrong} but gave ${written[wrong]}. Try again.`,
    );
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** JSON with the keys of objects in order: storages return them in orders of their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
