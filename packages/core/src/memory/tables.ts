import type { AccountToken } from '../accounts/account-token.ts';
import type { Credential } from '../accounts/credential.ts';
import type { Follow } from '../follows/follow.ts';
import type { FollowMailClaim } from '../follows/follow-mail-claim.ts';
import type { Identity } from '../identities/identity.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { compareIds, type PostId, type UserId } from '../kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '../kernel/page.ts';
import type { Post } from '../posts/post.ts';
import type { Translation } from '../translation/translation.ts';
import type { User } from '../users/user.ts';

export interface Tables {
  readonly users: Map<UserId, User>;
  readonly posts: Map<PostId, Post>;
  /** By `followKey`. */
  readonly follows: Map<string, Follow>;
  /** By `followKey`. */
  readonly followMails: Map<string, FollowMailClaim>;
  readonly credentials: Map<UserId, Credential>;
  /** By hash. */
  readonly accountTokens: Map<string, AccountToken>;
  /** By `identityKey`. */
  readonly identities: Map<string, Identity>;
  /** By `translationKey`. */
  readonly translations: Map<string, Translation>;
}

export function emptyTables(): Tables {
  return {
    users: new Map(),
    posts: new Map(),
    follows: new Map(),
    followMails: new Map(),
    credentials: new Map(),
    accountTokens: new Map(),
    identities: new Map(),
    translations: new Map(),
  };
}

/** Rows are never changed in place, so that a copy of the maps is a copy of all. */
export function copyTables(tables: Tables): Tables {
  return {
    users: new Map(tables.users),
    posts: new Map(tables.posts),
    follows: new Map(tables.follows),
    followMails: new Map(tables.followMails),
    credentials: new Map(tables.credentials),
    accountTokens: new Map(tables.accountTokens),
    identities: new Map(tables.identities),
    translations: new Map(tables.translations),
  };
}

export function followKey(followerId: UserId, followedId: UserId): string {
  return `${followerId}>${followedId}`;
}

export function identityKey(issuer: string, subject: string): string {
  return JSON.stringify([issuer, subject]);
}

export function translationKey(postId: PostId, language: string): string {
  return `${postId} ${language}`;
}

/** The rows of a page, as a database would read them for `pageOf`: one more than the limit. */
export function pageOfRows<Row extends { readonly id: string }>(
  rows: Iterable<Row>,
  request: PageRequest,
): Page<Row> {
  const { before, after, limit } = request;
  const inside = [...rows].filter(
    (row) =>
      (before === undefined || compareIds(row.id, before) < 0) &&
      (after === undefined || compareIds(row.id, after) > 0),
  );
  inside.sort((a, b) => (after === undefined ? compareIds(b.id, a.id) : compareIds(a.id, b.id)));
  return pageOf(inside.slice(0, limit + 1), request);
}

/** @throws {MicroblogError} `user_not_found`. */
export function requireUser(tables: Tables, id: UserId): void {
  if (!tables.users.has(id)) {
    throw new MicroblogError('user_not_found', `There is no user ${id}.`, { details: { id } });
  }
}

export function idClash(id: string): MicroblogError<'id_clash'> {
  return new MicroblogError('id_clash', `The id ${id} is in use.`, { details: { id } });
}
