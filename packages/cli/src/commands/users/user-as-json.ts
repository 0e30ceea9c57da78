import type { MemberAccount } from '@microblog/core';

/** A user as `--json` prints them. Scripts read the fields: add some, never rename one. */
export function userAsJson(user: MemberAccount) {
  const { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount } = user;
  return { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount };
}

/** The same with all else that an operator may want to know about one user. */
export function userInFull(user: MemberAccount) {
  const { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, settings } = user;
  const { mailOnFollow } = settings;
  const more = { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, mailOnFollow };
  return { ...userAsJson(user), ...more };
}
