import { setImmediate } from 'node:timers/promises';
import type { Follow, Logger, NewUser, PasswordHasher, Post, SearchIndex, Storage } from '@microblog/core';

/** Generated people, follows and posts, to try out a microblog. */
export interface SampleContent {
  readonly people: readonly (NewUser & { readonly aboutMe: string })[];
  readonly follows: readonly Follow[];
  /** The oldest first. */
  readonly posts: readonly Post[];
}

export interface AddSampleOptions {
  /** The password of all sample people. Default: they cannot sign in. */
  readonly password?: string | undefined;
  /** Aborts the call; nothing is added then. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of steps before the first one. */
  readonly onStart?: (total: number) => void;
  readonly onStep?: () => void;
}

export interface SampleContents {
  /**
   * Adds all of it in one transaction. Returns false, and adds nothing, if a sample person exists already.
   * @throws the reason of `signal` if it aborts before the end.
   */
  add(content: SampleContent, options?: AddSampleOptions): Promise<boolean>;
}

interface SampleContentNeeds {
  readonly storage: Pick<Storage, 'users' | 'transaction'>;
  readonly passwordHasher: Pick<PasswordHasher, 'hash'>;
  readonly search: Pick<SearchIndex, 'enabled' | 'upkeep' | 'progress' | 'add'>;
  readonly logger: Pick<Logger, 'warn'>;
}

export function sampleContents({
  storage,
  passwordHasher,
  search,
  logger,
}: SampleContentNeeds): SampleContents {
  return {
    async add({ people, follows, posts }, { password, signal, onStart, onStep } = {}) {
      const taken = await storage.users.takenNicknames(people.map(({ nickname }) => nickname));
      if (taken.size > 0) return false;
      const passwordHash = password === undefined ? null : await passwordHasher.hash(password);
      onStart?.(people.length + follows.length + posts.length);
      const step = async () => {
        // An embedded database answers without the event loop, so signals and requests would wait until the end.
        await setImmediate();
        signal?.throwIfAborted();
        onStep?.();
      };
      await storage.transaction(async (repositories) => {
        for (const { aboutMe, ...person } of people) {
          await repositories.users.insert(person);
          await repositories.users.update(person.id, { aboutMe });
          if (passwordHash !== null) {
            const changedAt = person.createdAt;
            await repositories.credentials.save({ userId: person.id, passwordHash, changedAt });
          }
          await step();
        }
        for (const follow of follows) {
          await repositories.follows.insert(follow);
          await step();
        }
        for (const post of posts) {
          await repositories.posts.insert(post);
          await step();
        }
      });
      await addToIndex(posts);
      return true;
    },
  };

  /** The index gets no event about these posts, so add them here. An index that is not started is filled later. */
  async function addToIndex(posts: readonly Post[]): Promise<void> {
    if (!search.enabled || search.upkeep !== 'jobs') return;
    try {
      const { complete, reached } = await search.progress();
      if (complete || reached !== null) await search.add(posts);
    } catch (error) {
      logger.warn({ err: error }, 'the sample posts could not be put into the search index');
    }
  }
}
