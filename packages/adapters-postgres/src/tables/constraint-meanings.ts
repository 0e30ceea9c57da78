import { type ErrorCode, MicroblogError } from '@microblog/core';

/** The errors for broken constraints that several tables have. */

export function idClash(): MicroblogError {
  return new MicroblogError('id_clash', 'The id is in use.');
}

export function userNotFound(): MicroblogError {
  return new MicroblogError('user_not_found', 'There is no user with that id.');
}

export function postNotFound(): MicroblogError {
  return new MicroblogError('post_not_found', 'There is no such post.');
}

export function taken(code: ErrorCode, field: string, message: string): MicroblogError {
  return new MicroblogError(code, message, {
    details: { fields: [{ field, problem: 'taken', params: {} }] },
  });
}
