import type { MemberAccount } from '@microblog/core';

/** The JSON of a user. Scripts read these fields: you may add fields, but never rename one. */
export function userAsJson(user: MemberAccount) {
  const { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount } = user;
  return { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount };
}

/** The same, with all other facts about one user that an operator may need. */
export function userInFull(user: MemberAccount) {
  const { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, settings } = user;
  const more = { emailVerifiedAt, suspendedAt, followingCount, aboutMe, locale, avatarUrl, settings };
  // Scripts of earlier releases read `mailOnFollow` here.
  return { ...userAsJson(user), ...more, mailOnFollow: settings.mailOnFollow };
}
