import { type ErrorCode, MicroblogError } from '@microblog/core';

/** Names of constraints and unique indexes, as the migrations give them, and what breaking each one means. */
const meanings: Readonly<Record<string, () => MicroblogError>> = {
  users_pkey: idClash,
  posts_pkey: idClash,
  follows_pkey: idClash,
  identities_pkey: idClash,
  users_nickname_key: () => taken('nickname_taken', 'nickname', 'That nickname belongs to somebody already.'),
  users_email_key: () => taken('email_taken', 'email', 'That e-mail address belongs to somebody already.'),
  identities_subject_key: () =>
    new MicroblogError('identity_taken', 'That identity belongs to somebody already.'),
  posts_author_fkey: userNotFound,
  follows_follower_fkey: userNotFound,
  follows_followed_fkey: userNotFound,
  credentials_user_fkey: userNotFound,
  account_tokens_user_fkey: userNotFound,
  follow_mails_follower_fkey: userNotFound,
  follow_mails_followed_fkey: userNotFound,
  identities_user_fkey: userNotFound,
  translations_post_fkey: () => new MicroblogError('post_not_found', 'There is no such post.'),
  follows_not_self: () => new MicroblogError('self_follow', 'Nobody can follow themselves.'),
};

/** The core error for a broken constraint, or null for one that core has no word for. */
export function constraintError(constraint: string): MicroblogError | null {
  return Object.hasOwn(meanings, constraint) ? (meanings[constraint]?.() ?? null) : null;
}

function idClash(): MicroblogError {
  return new MicroblogError('id_clash', 'The id is in use.');
}

function userNotFound(): MicroblogError {
  return new MicroblogError('user_not_found', 'There is no user with that id.');
}

function taken(code: ErrorCode, field: string, message: string): MicroblogError {
  return new MicroblogError(code, message, {
    details: { fields: [{ field, problem: 'taken', params: {} }] },
  });
}
