import type { User } from '@microblog/core';

/** What `--json` tells of somebody. Fields are added, never renamed: scripts read them. */
export function userAsJson(user: User) {
  const { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount } = user;
  return { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount };
}

/** The same with all else that an operator may want to know of one person. */
export function userInFull(user: User) {
  const { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, mailOnFollow } = user;
  const more = { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, mailOnFollow };
  return { ...userAsJson(user), ...more };
}
