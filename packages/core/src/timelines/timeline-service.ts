import { type Page, type PageInput, parsePageInput } from '../page.ts';
import type { Storage } from '../ports/storage.ts';
import type { User } from '../users/user.ts';
import { requireMember, type Viewer } from '../viewer.ts';
import { hydratePage, type PostWithAuthor } from './hydration.ts';

/** Lists of posts, the newest first. Every method throws `invalid_cursor` for a cursor that is none. */
export interface TimelineService {
  /**
   * The viewer's own posts and those of everyone whom they follow.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  home(viewer: Viewer, page?: PageInput): Promise<Page<PostWithAuthor>>;
  /** Everybody's posts. */
  public(viewer: Viewer, page?: PageInput): Promise<Page<PostWithAuthor>>;
  /** The posts of one author, whom the caller has loaded. */
  ofAuthor(viewer: Viewer, author: User, page?: PageInput): Promise<Page<PostWithAuthor>>;
}

export function timelineService(
  storage: Pick<Storage, 'posts' | 'users'>,
  options: { readonly postsPerPage: number },
): TimelineService {
  const request = (page: PageInput = {}) => parsePageInput(page, options.postsPerPage);
  return {
    async home(viewer, page) {
      const reader = requireMember(viewer);
      return hydratePage(storage, await storage.posts.listHome(reader.id, request(page)));
    },
    async public(_viewer, page) {
      return hydratePage(storage, await storage.posts.listAll(request(page)));
    },
    async ofAuthor(_viewer, author, page) {
      return hydratePage(storage, await storage.posts.listByAuthor(author.id, request(page)), [author]);
    },
  };
}
