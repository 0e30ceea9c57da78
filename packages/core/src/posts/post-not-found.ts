import { MicroblogError } from '../kernel/errors.ts';

/** `id` as it was asked for, whatever that was. */
export function postNotFound(id: string): MicroblogError<'post_not_found'> {
  return new MicroblogError('post_not_found', 'There is no such post.', { details: { id: id.slice(0, 40) } });
}
