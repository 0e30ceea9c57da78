import { parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import { type Cursor, mapPage, type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import type { Storage } from '../ports/storage.ts';
import type { PostRepository } from '../posts/post.ts';
import type { Person } from '../users/person.ts';
import { requirePerson } from '../users/require-person.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
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
  ofAuthor(viewer: Viewer, author: Person, page?: PageInput): Promise<Page<PostWithAuthor>>;
  /**
   * How much `home` holds that is newer than `after`, the id of the newest post that the reader has seen; without
   * it, than nothing. A read of ids alone, for those who ask again and again.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  newerAtHome(viewer: Viewer, after?: Cursor): Promise<NewerPosts>;
  /** The same of `public`. */
  newerInPublic(viewer: Viewer, after?: Cursor): Promise<NewerPosts>;
}

/** How many posts are newer than those that somebody has seen. */
export interface NewerPosts {
  /** Up to 50. */
  readonly count: number;
  /** Whether there are more than `count`, which is 50 then. */
  readonly more: boolean;
}

/** Posts that are counted, at most: to the reader, more are many. */
const MOST_COUNTED = 50;

export interface TimelineServiceNeeds {
  readonly storage: Pick<Storage, 'posts' | 'users'>;
  readonly present: UserPresenter;
}

export function timelineService(
  needs: TimelineServiceNeeds,
  options: { readonly postsPerPage: number },
): TimelineService {
  const { storage } = needs;
  const request = (page: PageInput | undefined) => parsePageInput(page, options.postsPerPage);
  const newer = async (after: Cursor | undefined, read: PostRepository['countAllNewer']) => {
    const { after: cursor, limit } = parsePageInput({ after }, MOST_COUNTED);
    const found = await read(cursor, limit + 1);
    return { count: Math.min(found, limit), more: found > limit };
  };
  return {
    async home(viewer, page) {
      const reader = requireMember(viewer);
      return hydratePage(needs, await storage.posts.listHome(reader.id, request(page)));
    },
    async public(viewer, page) {
      parseViewer(viewer);
      return hydratePage(needs, await storage.posts.listAll(request(page)));
    },
    async ofAuthor(viewer, given, page) {
      parseViewer(viewer);
      const author = requirePerson(given);
      const posts = await storage.posts.listByAuthor(author.id, request(page));
      return mapPage(posts, (post) => ({ post, author }));
    },
    async newerAtHome(viewer, after) {
      const { id } = requireMember(viewer);
      return newer(after, (cursor, most) => storage.posts.countHomeNewer(id, cursor, most));
    },
    async newerInPublic(viewer, after) {
      parseViewer(viewer);
      return newer(after, (cursor, most) => storage.posts.countAllNewer(cursor, most));
    },
  };
}
