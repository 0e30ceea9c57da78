import type { PostId, UserId } from '../../kernel/ids.ts';
import type { Repositories, Storage } from '../../ports/storage.ts';
import { type Builders, builders } from '../builders.ts';

/** What samples begin with: Ada, who wrote a post, and Ben. */
export interface SampleWorld {
  readonly ada: UserId;
  readonly ben: UserId;
  readonly post: PostId;
  readonly build: Builders;
}

/** A call of a method that changes nothing. */
export interface ReadSample {
  read(repositories: Repositories, world: SampleWorld): Promise<unknown>;
}

/** A call of a method that changes something, and a look at what it changes: another value before than after. */
export interface WriteSample {
  write(repositories: Repositories, world: SampleWorld): Promise<unknown>;
  seen(repositories: Repositories, world: SampleWorld): Promise<unknown>;
}

/** A call of every method of a repository. Those that write run one after another, in this order. */
export interface RepositorySamples<Name extends keyof Repositories> {
  /** Writes the rows that the calls need. At least one, if archives hold the table. */
  plant(repositories: Repositories, world: SampleWorld): Promise<void>;
  readonly calls: { readonly [Method in keyof Repositories[Name]]: ReadSample | WriteSample };
}

/** Writes what the samples of every table may refer to. `build` makes its rows, and those of the samples. */
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

/** What a write would return now; it happens only if `repositories` are those of a transaction. */
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
