import type { PostId } from '../kernel/ids.ts';
import type { Repositories } from '../ports/storage.ts';
import type { Post } from '../posts/post.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import type { Reader } from './may-read.ts';

export interface ReadingNeeds {
  readonly storage: Pick<Repositories, 'posts'>;
  readonly present: UserPresenter;
}

/** The input of a hydrator. */
export interface HydrationInput extends ReadingNeeds {
  /** At least one. */
  readonly posts: readonly Post[];
  readonly reader: Reader;
}

/**
 * Reads one kind of data for all posts of a page, in one statement. A post without a value in the map is left out of
 * the page: its related data was deleted meanwhile.
 */
export type Hydrator<Value> = (input: HydrationInput) => Promise<ReadonlyMap<PostId, Value>>;
