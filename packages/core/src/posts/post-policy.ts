import { isModerator, type Viewer } from '../accounts/viewer.ts';
import type { Post } from './post.ts';

/** Authors delete what they wrote; moderators delete any post. */
export function mayDeletePost(viewer: Viewer, post: Pick<Post, 'authorId'>): boolean {
  return viewer !== null && (viewer.id === post.authorId || isModerator(viewer));
}
