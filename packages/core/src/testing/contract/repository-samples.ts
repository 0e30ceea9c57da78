import type { PostId, UserId } from '../../kernel/ids.ts';
import type { Repositories, Storage } from '../../ports/storage.ts';
import { type Builders, builders } from '../builders.ts';

/** The rows that samples start with: the users ada and ben, and a post of ada. */
export interface SampleWorld {
  readonly ada: UserId;
  readonly ben: UserId;
  readonly post: PostId;
  readonly build: Builders;
}

/** A call of a method that only reads. */
export interface ReadSample {
  read(repositories: Repositories, world: SampleWorld): Promise<unknown>;
}

/** A call of a method that writes, and a call that reads the changed value. */
export interface WriteSample {
  write(repositories: Repositories, world: SampleWorld): Promise<unknown>;
  seen(repositories: Repositories, world: SampleWorld): Promise<unknown>;
}

/** A call of every method of a repository. Writes run one after another, in this order. */
export interface RepositorySamples<Name extends keyof Repositories> {
  /** Writes the rows that the calls need. At least one row if archives include the table. */
  plant(repositories: Repositories, world: SampleWorld): Promise<void>;
  readonly calls: { readonly [Method in keyof Repositories[Name]]: ReadSample | WriteSample };
}

/** Writes the rows that the samples of all tables refer to. `build` makes these rows, and those of the samples. */
export async function plantWorld(
  { users, posts }: Repositories,
  build: Builders = builders(),
): Promise<SampleWorld> {
  const ada = await users.insert(build.user({ nickname: 'ada', email: 'ada@example.org' }));
  const ben = await users.insert(build.user({ nickname: 'ben', email: 'ben@example.org' }));
  const post = build.post(ada.id);
  await posts.insert(post);
  return { ada: ada.id, ben: ben.id, post: post.id, build };
}

class RolledBack extends Error {}

/** The result of a write. Rolls it back if `repositories` are those of a transaction. */
export async function outcomeOf<Result>(
  repositories: Repositories,
  write: (repositories: Repositories) => Promise<Result>,
): Promise<Result> {
  if (!('transaction' in repositories)) return write(repositories);
  const outcome = Promise.withResolvers<Result>();
  try {
    await (repositories as Storage).transaction(async (inside) => {
      outcome.resolve(await write(inside));
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return outcome.promise;
}
