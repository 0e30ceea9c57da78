import { z } from 'zod';
import { type FollowId, type Id, type IdentityId, isId, type PostId, type UserId } from '../kernel/ids.ts';
import { roles } from '../users/user.ts';
import { type ArchiveKind, type ArchiveRecords, noRecords } from './archive-content.ts';

export const ARCHIVE_FORMAT = 'microblog-archive';
/**
 * Rises when an older program could not read, or would lose, what a newer one writes. All versions up to this
 * one are read: 1 has no identities, and does not say of addresses whether they are confirmed.
 */
export const ARCHIVE_VERSION = 2;

const count = z.int().min(0);
const time = z.string().transform((text, context) => {
  const date = new Date(text);
  // The one form that `toISOString` writes: everything else was not written by us.
  if (!Number.isNaN(date.getTime()) && date.toISOString() === text) return date;
  context.addIssue({ code: 'custom', message: 'expected a time in UTC with milliseconds' });
  return z.NEVER;
});
/** Any text that every storage can hold; the rules for new texts may have been others when it was written. */
const text = z
  .string()
  .refine(
    (value) => value.isWellFormed() && !value.includes('\0'),
    'expected text without NUL or surrogates',
  );

function id<Kind extends Id>() {
  return z.custom<Kind>((value) => typeof value === 'string' && isId(value), 'expected an id');
}

const firstCounts = z.strictObject({ users: count, credentials: count, follows: count, posts: count });
const header = { format: z.literal(ARCHIVE_FORMAT), createdAt: time, migrations: z.array(z.string()) };

/** The first line, by version. What a later version adds is ignored here: its version is looked at first. */
export const headerSchema = z.discriminatedUnion('version', [
  z.object({
    ...header,
    version: z.literal(ARCHIVE_VERSION),
    counts: z.strictObject({ ...firstCounts.shape, identities: count }),
  }),
  z.object({
    ...header,
    version: z.literal(1),
    counts: firstCounts.transform((counts) => ({ ...noRecords, ...counts })),
  }),
]);

/** Stands before everything else in the check of a header. */
export const versionSchema = z.object({ format: z.literal(ARCHIVE_FORMAT), version: z.int().min(1) });

/** A line after the first: which kind it is of, and the record. */
export const recordSchemas = {
  users: z.strictObject({
    id: id<UserId>(),
    nickname: text.min(1),
    email: text.nullable(),
    emailVerifiedAt: time.nullable().default(null),
    aboutMe: text,
    avatarUrl: text.nullable(),
    locale: text.nullable(),
    mailOnFollow: z.boolean().default(true),
    role: z.enum(roles),
    createdAt: time,
    lastSeenAt: time.nullable(),
    suspendedAt: time.nullable(),
    sessionEpoch: z.int32().min(0),
  }),
  credentials: z.strictObject({ userId: id<UserId>(), passwordHash: text, changedAt: time }),
  identities: z.strictObject({
    id: id<IdentityId>(),
    userId: id<UserId>(),
    issuer: text,
    subject: text,
    nickname: text.nullable(),
    email: text.nullable(),
    avatarUrl: text.nullable(),
    locale: text.nullable(),
    createdAt: time,
  }),
  follows: z.strictObject({
    id: id<FollowId>(),
    followerId: id<UserId>(),
    followedId: id<UserId>(),
    createdAt: time,
  }),
  posts: z.strictObject({
    id: id<PostId>(),
    authorId: id<UserId>(),
    body: text,
    language: text.nullable(),
    createdAt: time,
  }),
} satisfies { readonly [Kind in ArchiveKind]: z.ZodType<ArchiveRecords[Kind]> };
