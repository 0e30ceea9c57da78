import type { Area, AreaNeeds } from '../area.ts';
import { type PostService, postService } from './post-service.ts';

/** Single posts: publishing, reading, deleting. */
export function postsArea(needs: AreaNeeds): Area<PostService> {
  return { service: postService(needs, { maxLength: needs.options.postMaxLength }) };
}
