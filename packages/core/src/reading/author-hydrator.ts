import type { PostId, UserId } from '../kernel/ids.ts';
import type { Person } from '../users/person.ts';
import type { Hydrator } from './hydrator.ts';

export const authorHydrator: Hydrator<Person> = async ({ posts, known, storage, present }) => {
  const authors = new Map<UserId, Person>(known);
  const missing = [...new Set(posts.map(({ authorId }) => authorId))].filter((id) => !authors.has(id));
  const read = missing.length === 0 ? [] : await present.people(await storage.users.findMany(missing));
  for (const person of read) authors.set(person.id, person);
  return new Map(
    posts.flatMap(({ id, authorId }): [PostId, Person][] => {
      const author = authors.get(authorId);
      return author === undefined ? [] : [[id, author]];
    }),
  );
};
