import type { Viewer } from '../accounts/viewer.ts';
import { type Cursor, type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import type { Entry } from '../reading/entry.ts';
import { entryReader } from '../reading/entry-reader.ts';
import type { ReadingNeeds } from '../reading/hydrator.ts';
import { memberReaderOf, readerOf } from '../reading/may-read.ts';
import type { Person } from '../users/person.ts';
import { requirePerson } from '../users/require-person.ts';

/**
 * Lists of posts, the newest first. They hold the posts that the viewer may read (`mayRead`): only moderators get
 * posts of suspended authors. Every method throws `invalid_cursor` for an invalid cursor.
 */
export interface TimelineService {
  /**
   * The viewer's own posts and those of everyone whom they follow.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  home(viewer: Viewer, page?: PageInput): Promise<Page<Entry>>;
  /** The posts of all authors. */
  public(viewer: Viewer, page?: PageInput): Promise<Page<Entry>>;
  /** The posts of one author, whom the caller has loaded. */
  ofAuthor(viewer: Viewer, author: Person, page?: PageInput): Promise<Page<Entry>>;
  /**
   * Number of posts in `home` that are newer than `after`, the id of the newest post that the reader has seen. Without
   * `after`, all of them. It reads ids only, so it is cheap enough to call again and again.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  newerAtHome(viewer: Viewer, after?: Cursor): Promise<NewerPosts>;
  /** As `newerAtHome`, for `public`. */
  newerInPublic(viewer: Viewer, after?: Cursor): Promise<NewerPosts>;
}

/** The number of posts that are newer than those that the reader has seen. */
export interface NewerPosts {
  /** Up to 50. */
  readonly count: number;
  /** True if there are more than `count`, which is then 50. */
  readonly more: boolean;
}

/** The maximum of the count. To a reader, 50 posts and 500 are equally many. */
const MOST_COUNTED = 50;

export function timelineService(
  needs: ReadingNeeds,
  options: { readonly postsPerPage: number },
): TimelineService {
  const { posts } = needs.storage;
  const reading = entryReader(needs);
  const request = (page: PageInput | undefined) => parsePageInput(page, options.postsPerPage);

  async function newer(
    after: Cursor | undefined,
    read: (after: Cursor | undefined, most: number) => Promise<number>,
  ): Promise<NewerPosts> {
    const { after: cursor, limit } = parsePageInput({ after }, MOST_COUNTED);
    const found = await read(cursor, limit + 1);
    return { count: Math.min(found, limit), more: found > limit };
  }

  return {
    async home(viewer, page) {
      const reader = memberReaderOf(viewer);
      return reading.page(reader, await posts.listHome(reader, request(page)));
    },
    async public(viewer, page) {
      const reader = readerOf(viewer);
      return reading.page(reader, await posts.listAll(reader, request(page)));
    },
    async ofAuthor(viewer, given, page) {
      const reader = readerOf(viewer);
      const author = requirePerson(given);
      return reading.pageOf(reader, author, await posts.listByAuthor(reader, author.id, request(page)));
    },
    async newerAtHome(viewer, after) {
      const reader = memberReaderOf(viewer);
      return newer(after, (cursor, most) => posts.countHomeNewer(reader, cursor, most));
    },
    async newerInPublic(viewer, after) {
      const reader = readerOf(viewer);
      return newer(after, (cursor, most) => posts.countAllNewer(reader, cursor, most));
    },
  };
}
