import { MicroblogError } from '../kernel/errors.ts';

/** `id`: the raw value of the request. */
export function postNotFound(id: unknown): MicroblogError<'post_not_found'> {
  const details = { id: typeof id === 'string' ? id.slice(0, 40) : '' };
  return new MicroblogError('post_not_found', 'There is no such post.', { details });
}
