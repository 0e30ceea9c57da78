import type { Person, Post } from '@microblog/core';

export interface PostsJsonOptions {
  readonly author: Pick<Person, 'id' | 'nickname'>;
  readonly exportedAt: Date;
  /** Returns the address of a post or of the author's page. */
  readonly link: (path: string) => string;
  readonly paths: {
    readonly author: string;
    post(post: Post): string;
  };
}

/**
 * An author's posts as one JSON document, `microblog-posts` of version 1 (docs/accounts.md). It comes in parts, one
 * for each page, so that memory holds one page only. If it is cut off, it is invalid JSON and can't be mistaken for a
 * complete export.
 */
export async function* postsJson(
  pages: AsyncIterable<readonly Post[]>,
  { author, exportedAt, link, paths }: PostsJsonOptions,
): AsyncGenerator<string> {
  const head = {
    format: 'microblog-posts',
    version: 1,
    exportedAt,
    author: { id: author.id, nickname: author.nickname, url: link(paths.author) },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"posts":[`;
  let between = '\n';
  for await (const posts of pages) {
    const lines = posts.map((post) => {
      const { id, createdAt, language, body } = post;
      return JSON.stringify({ id, createdAt, language, body, url: link(paths.post(post)) });
    });
    if (lines.length === 0) continue;
    yield between + lines.join(',\n');
    between = ',\n';
  }
  yield '\n]}\n';
}
