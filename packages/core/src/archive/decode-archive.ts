import type { z } from 'zod';
import { compareIds } from '../kernel/ids.ts';
import {
  ARCHIVE_BATCH_SIZE,
  type ArchiveBatch,
  type ArchiveContent,
  type ArchiveKind,
  type ArchiveRecords,
  archiveKinds,
  archiveOrderKey,
  noRecords,
} from './archive-content.ts';
import { archiveInvalid, archiveUnsupported } from './archive-faults.ts';
import { linesOf } from './archive-lines.ts';
import {
  ARCHIVE_VERSION,
  type ArchiveHeader,
  checkRecord,
  headerSchemaOf,
  versionSchema,
} from './archive-schema.ts';

export interface DecodedArchive extends ArchiveContent {
  readonly createdAt: Date;
}

/**
 * Reads the header. `batches()` then reads and checks each record, and that none is missing. Detects a stream that is
 * cut off or has more records. Detects other changes only if they break a rule.
 * @throws {MicroblogError} `archive_invalid`, `archive_unsupported`; `batches()` throws the same.
 */
export async function decodeArchive(chunks: AsyncIterable<Uint8Array>): Promise<DecodedArchive> {
  const lines = linesOf(chunks);
  const first = await lines.next();
  if (first.done) throw archiveInvalid('It is empty.');
  const header = parseHeader(first.value);
  return { ...header, batches: () => decodeRecords(lines, header) };
}

/**
 * Parses the first line of an archive.
 * @throws {MicroblogError} `archive_invalid`, `archive_unsupported`.
 */
export function parseHeader(line: string): ArchiveHeader {
  const value = parseJson(line, 1);
  const known = versionSchema.safeParse(value);
  if (!known.success) throw archiveInvalid('It does not start with the header of an archive.');
  const schema = headerSchemaOf(known.data.version);
  if (schema === null) {
    throw archiveUnsupported(
      `Its format is ${known.data.version}; this program reads up to ${ARCHIVE_VERSION}.`,
    );
  }
  const header = schema.safeParse(value);
  if (!header.success) throw malformed(1, header.error);
  return header.data;
}

async function* decodeRecords(
  lines: AsyncIterable<string>,
  { counts }: ArchiveHeader,
): AsyncGenerator<ArchiveBatch> {
  const read = { ...noRecords };
  let number = 1;
  let kind: ArchiveKind | undefined;
  let lastKey = '0';
  let records: ArchiveRecords[ArchiveKind][] = [];
  const batch = () => ({ kind, records }) as ArchiveBatch;
  for await (const line of lines) {
    const { kind: nextKind, record } = parseRecord(line, ++number);
    if (nextKind !== kind || records.length === ARCHIVE_BATCH_SIZE) {
      if (records.length > 0) yield batch();
      records = [];
    }
    if (nextKind !== kind) {
      if (kind !== undefined && archiveKinds.indexOf(nextKind) < archiveKinds.indexOf(kind)) {
        throw outOfOrder(number);
      }
      kind = nextKind;
      lastKey = '0';
    }
    const key = archiveOrderKey(nextKind, record);
    if (compareIds(key, lastKey) <= 0) throw outOfOrder(number);
    lastKey = key;
    records.push(record);
    if (++read[nextKind] > counts[nextKind]) {
      throw archiveInvalid(`It has more ${nextKind} than its header says.`);
    }
  }
  const short = archiveKinds.find((each) => read[each] < counts[each]);
  if (short !== undefined) {
    throw archiveInvalid(`It is cut off: ${read[short]} of ${counts[short]} ${short} are there.`);
  }
  if (records.length > 0) yield batch();
}

function parseRecord(
  line: string,
  number: number,
): { kind: ArchiveKind; record: ArchiveRecords[ArchiveKind] } {
  const value = parseJson(line, number);
  if (typeof value !== 'object' || value === null) throw archiveInvalid(`Line ${number} is not a record.`);
  const { kind: name, ...fields } = value as Record<string, unknown>;
  const kind = archiveKinds.find((known) => known === name);
  if (kind === undefined) throw archiveInvalid(`Line ${number} has an unknown kind.`);
  const record = checkRecord(kind, fields);
  if (!record.success) throw malformed(number, record.error);
  return { kind, record: record.data };
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw archiveInvalid(`Line ${number} is not JSON.`, error);
  }
}

/** Names the field, never its value: the value may be a password hash. */
function malformed(number: number, { issues: [issue] }: z.ZodError) {
  const field = issue?.path.join('.') || 'its fields';
  return archiveInvalid(`Line ${number} is malformed: ${field}.`);
}

function outOfOrder(number: number) {
  return archiveInvalid(`Line ${number} is out of order or a duplicate.`);
}
