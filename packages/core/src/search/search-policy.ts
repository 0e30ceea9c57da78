import type { Viewer } from '../accounts/viewer.ts';
import type { PostWithAuthor } from '../timelines/hydration.ts';

/** Posts of suspended members are found by nobody. */
export function maySeeInSearch(_viewer: Viewer, { author }: PostWithAuthor): boolean {
  return !author.suspended;
}
