import { requireMember, type Viewer } from '../accounts/viewer.ts';
import type { EventRecorder } from '../events/events.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { retryOnIdClash } from '../kernel/id-clash.ts';
import { type PostId, parseId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { canonicalLanguage } from '../kernel/language-tag.ts';
import { type Cursor, MAX_PAGE_LIMIT } from '../kernel/page.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { LanguageDetector } from '../ports/language-detector.ts';
import type { Logger } from '../ports/logger.ts';
import type { Storage } from '../ports/storage.ts';
import type { Entry } from '../reading/entry.ts';
import { entryReader } from '../reading/entry-reader.ts';
import { memberReaderOf, readerOf } from '../reading/may-read.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import type { Post } from './post.ts';
import { type PostInput, postInputSchema } from './post-input.ts';
import { postNotFound } from './post-not-found.ts';
import { mayDeletePost } from './post-policy.ts';

/** Publishing, reading and deleting single posts. */
export interface PostService {
  /**
   * Publishes a post of the viewer at the current time, in the language that the detector is certain of.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`; `invalid_input` with the field `body`.
   */
  publish(viewer: Viewer, input: PostInput): Promise<Post>;
  /**
   * Returns one post with its author.
   * @throws {MicroblogError} `post_not_found` if the post does not exist, if the viewer may not read it (`mayRead`),
   * and for an invalid id.
   */
  show(viewer: Viewer, id: string): Promise<Entry>;
  /**
   * Returns all of the viewer's own posts, the newest first, in pages of up to 200. Each page is read when the caller
   * requests it. Posts that are published meanwhile are left out.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, when the first page is requested.
   */
  own(viewer: Viewer): AsyncGenerator<readonly Post[], void>;
  /**
   * Deletes a post of the viewer; moderators may delete any, which is logged. Returns the deleted post.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`; `post_not_found` as `show`; `forbidden` for
   * another author's post that the viewer may read.
   */
  delete(viewer: Viewer, id: string): Promise<Post>;
}

export interface PostServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly events: EventRecorder;
  readonly languageDetector: LanguageDetector;
  readonly present: UserPresenter;
}

export function postService(needs: PostServiceNeeds, options: { readonly maxLength: number }): PostService {
  const { storage, clock, ids, logger, events, languageDetector } = needs;
  const inputSchema = postInputSchema(options.maxLength);
  const reading = entryReader(needs);

  async function find(id: unknown): Promise<Post> {
    const postId = parseId<PostId>(id);
    const post = postId === null ? null : await storage.posts.find(postId);
    if (post === null) throw postNotFound(id);
    return post;
  }

  /** An error of the detector must not prevent publishing. */
  async function languageOf(body: string): Promise<string | null> {
    try {
      const language = await languageDetector.detect(body);
      return language === null ? null : canonicalLanguage(language);
    } catch (error) {
      logger.warn({ err: error }, 'detecting the language of a post failed');
      return null;
    }
  }

  return {
    async publish(viewer, input) {
      const author = requireMember(viewer);
      const { body } = parseInput(inputSchema, input);
      const language = await languageOf(body);
      return retryOnIdClash(async () => {
        const post: Post = {
          id: ids.next<PostId>(),
          authorId: author.id,
          body,
          language,
          createdAt: clock.now(),
        };
        await events.recording(
          'post.published',
          ({ posts }) => posts.insert(post),
          () => ({ postId: post.id, authorId: author.id }),
        );
        return post;
      });
    },

    async show(viewer, id) {
      return reading.one(readerOf(viewer), parseId<PostId>(id), id);
    },

    async *own(viewer) {
      const reader = memberReaderOf(viewer);
      let before: Cursor | undefined;
      do {
        const page = { limit: MAX_PAGE_LIMIT, before };
        const { items, next } = await storage.posts.listByAuthor(reader, reader.id, page);
        yield items;
        before = next ?? undefined;
      } while (before !== undefined);
    },

    async delete(viewer, id) {
      const member = requireMember(viewer);
      const post = await find(id);
      if (!mayDeletePost(member, post)) {
        // First `post_not_found` for a post that the viewer may not read: its existence must not show.
        await reading.one(readerOf(member), post.id, id);
        throw new MicroblogError('forbidden', `Member ${member.id} may not delete the post ${id}.`);
      }
      const deleted = await events.recording(
        'post.deleted',
        ({ posts }) => posts.delete(post.id),
        (changed) => (changed ? { postId: post.id, authorId: post.authorId, deletedBy: member.id } : null),
      );
      if (!deleted) throw postNotFound(id);
      if (post.authorId !== member.id) {
        logger.info(
          { postId: post.id, authorId: post.authorId, moderatorId: member.id },
          'post deleted by moderator',
        );
      }
      return post;
    },
  };
}
