import { createMicroblog, visitor } from '@microblog/core';
import { jsonFileStorage } from './json-file-storage.js';

/** @param {{ file: string }} settings */
export async function buildApp({ file }) {
  const storage = await jsonFileStorage(file);
  const { accounts, posts, timelines } = createMicroblog({ storage });
  return {
    /** @param {{ nickname: string, email: string, password: string }} person */
    join: (person) => accounts.register(visitor, person),
    /** @param {import('@microblog/core').User} author @param {string} body */
    write: (author, body) => posts.publish(author, { body }),
    async read() {
      const { items } = await timelines.public(visitor);
      return items.map(({ author, post }) => `${author.nickname}: ${post.body}`);
    },
    close: () => storage.close(),
  };
}
