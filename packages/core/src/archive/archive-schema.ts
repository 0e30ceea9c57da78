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
 * Rises when an older program could not read, or would lose, what a newer one writes: with each new kind of record
 * (`since`), at 2, which says of addresses whether they are confirmed, and at 3, which has the settings of users in
 * place of `mailOnFollow`. All versions up to this one are read.
 */
export const ARCHIVE_VERSION = Math.max(3, ...archiveKinds.map((kind) => archiveTable(kind).since));

/** Stands before everything else in the check of a header. */
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

/** The first line of a version. What later versions add to it is ignored. Null for an unknown version. */
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

/** Checks a line after the first, without its kind. Records of older archives become those of today. */
export function checkRecord<Kind extends ArchiveKind>(
  kind: Kind,
  fields: unknown,
): z.ZodSafeParseResult<ArchiveRecords[Kind]> {
  const { schema, upgrade } = archiveTable(kind);
  return schema.safeParse(upgrade === undefined ? fields : upgrade(fields));
}
