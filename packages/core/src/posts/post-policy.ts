import { isModerator, type Viewer } from '../accounts/viewer.ts';
import type { Post } from './post.ts';

/** Authors may delete their own posts; moderators may delete any post. */
export function mayDeletePost(viewer: Viewer, post: Pick<Post, 'authorId'>): boolean {
  return viewer !== null && (viewer.id === post.authorId || isModerator(viewer));
}
