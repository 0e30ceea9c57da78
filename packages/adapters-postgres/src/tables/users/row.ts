import type { PersonRecord, Role, StoredSettings, User, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { parseTimestamp } from '../../connection/row-types.ts';

export class UserRow extends Model {
  static override readonly tableName = 'users';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: UserId;
  declare nickname: string;
  declare email: string | null;
  declare emailVerifiedAt: Date | null;
  declare aboutMe: string;
  declare avatarUrl: string | null;
  declare locale: string | null;
  declare settings: StoredSettings;
  declare role: Role;
  declare createdAt: Date;
  declare lastSeenAt: Date | null;
  declare suspendedAt: Date | null;
  declare sessionEpoch: number;
  declare followerCount: number;
  declare followingCount: number;
  declare postCount: number;
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    nickname: row.nickname,
    email: row.email,
    emailVerifiedAt: row.emailVerifiedAt,
    aboutMe: row.aboutMe,
    avatarUrl: row.avatarUrl,
    locale: row.locale,
    settings: row.settings,
    role: row.role,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    suspendedAt: row.suspendedAt,
    sessionEpoch: row.sessionEpoch,
    followerCount: row.followerCount,
    followingCount: row.followingCount,
    postCount: row.postCount,
  };
}

/** The columns that a `PersonRecord` is made of, in the order of `PersonFields`. */
export const personColumns = (table: string) =>
  columnsOf(table, [
    ...['id', 'nickname', 'email', 'email_verified_at', 'about_me', 'avatar_url', 'created_at'],
    ...['last_seen_at', 'suspended_at', 'follower_count', 'following_count', 'post_count'],
  ]);

export type PersonFields = readonly [
  id: UserId,
  nickname: string,
  email: string | null,
  emailVerifiedAt: string | null,
  aboutMe: string,
  avatarUrl: string | null,
  createdAt: string,
  lastSeenAt: string | null,
  suspendedAt: string | null,
  followerCount: string,
  followingCount: string,
  postCount: string,
];

export function toPersonRecord([
  id,
  nickname,
  email,
  emailVerifiedAt,
  aboutMe,
  avatarUrl,
  createdAt,
  lastSeenAt,
  suspendedAt,
  followerCount,
  followingCount,
  postCount,
]: PersonFields): PersonRecord {
  return {
    id,
    nickname,
    email,
    emailVerifiedAt: timeOrNull(emailVerifiedAt),
    aboutMe,
    avatarUrl,
    createdAt: parseTimestamp(createdAt),
    lastSeenAt: timeOrNull(lastSeenAt),
    suspendedAt: timeOrNull(suspendedAt),
    followerCount: Number(followerCount),
    followingCount: Number(followingCount),
    postCount: Number(postCount),
  };
}

/** All columns of a user, in the order of `UserFields`. */
export const userColumns = (table: string) =>
  `${columnsOf(table, ['locale', 'settings', 'role', 'session_epoch'])}, ${personColumns(table)}`;

export type UserFields = readonly [
  locale: string | null,
  settings: string,
  role: Role,
  sessionEpoch: string,
  ...person: PersonFields,
];

export function userOf([locale, settings, role, sessionEpoch, ...person]: UserFields): User {
  return {
    ...toPersonRecord(person),
    locale,
    settings: JSON.parse(settings),
    role,
    sessionEpoch: Number(sessionEpoch),
  };
}

function columnsOf(table: string, names: readonly string[]): string {
  return names.map((name) => `${table}.${name}`).join(', ');
}

function timeOrNull(text: string | null): Date | null {
  return text === null ? null : parseTimestamp(text);
}
