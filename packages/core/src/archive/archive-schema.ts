import { z } from 'zod';
import {
  type ArchiveCounts,
  type ArchiveKind,
  type ArchiveRecords,
  archiveKinds,
  archiveTable,
  noRecords,
} from './archive-content.ts';
import { archivedTime } from './archive-fields.ts';

export const ARCHIVE_FORMAT = 'microblog-archive';
/**
 * Raise it if an older program could not read, or would lose, what a newer one writes. Each new kind of record raises
 * it (`since`). Version 2 says whether an address is confirmed. Version 3 has the settings of users in place of
 * `mailOnFollow`. All versions up to this one can be read.
 */
export const ARCHIVE_VERSION = Math.max(3, ...archiveKinds.map((kind) => archiveTable(kind).since));

/** Checked before the rest of the header. */
export const versionSchema = z.object({ format: z.literal(ARCHIVE_FORMAT), version: z.int().min(1) });

/** The first line of an archive. */
export interface ArchiveHeader {
  readonly format: typeof ARCHIVE_FORMAT;
  readonly version: number;
  readonly createdAt: Date;
  readonly migrations: readonly string[];
  readonly counts: ArchiveCounts;
}

const headerSchemas = Array.from({ length: ARCHIVE_VERSION }, (_, place) => headerOfVersion(place + 1));

/**
 * The schema of the first line, by version. Null for an unknown version. Fields added by later versions are ignored.
 */
export function headerSchemaOf(version: number): z.ZodType<ArchiveHeader> | null {
  return headerSchemas[version - 1] ?? null;
}

function headerOfVersion(version: number): z.ZodType<ArchiveHeader> {
  const kinds = archiveKinds.filter((kind) => archiveTable(kind).since <= version);
  const counts = z.strictObject(Object.fromEntries(kinds.map((kind) => [kind, z.int().min(0)])));
  return z.object({
    format: z.literal(ARCHIVE_FORMAT),
    version: z.literal(version),
    createdAt: archivedTime,
    migrations: z.array(z.string()),
    counts: counts.transform((given): ArchiveCounts => ({ ...noRecords, ...given })),
  });
}

/** Checks a record without its `kind`. Converts records of older archives to the current form. */
export function checkRecord<Kind extends ArchiveKind>(
  kind: Kind,
  fields: unknown,
): z.ZodSafeParseResult<ArchiveRecords[Kind]> {
  const { schema, upgrade } = archiveTable(kind);
  return schema.safeParse(upgrade === undefined ? fields : upgrade(fields));
}
