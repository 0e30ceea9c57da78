import type { Post, PostId, UserId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { postsJson } from './posts-json.ts';

const author = { id: '7' as UserId, nickname: 'ada' };
const exportedAt = new Date('2026-02-03T04:05:06.007Z');
const post = (id: string, body: string): Post => ({
  ...{ id: id as PostId, authorId: author.id, body, language: null },
  createdAt: exportedAt,
});

async function written(...pages: readonly (readonly Post[])[]): Promise<string> {
  const all = async function* () {
    yield* pages;
  };
  const options = {
    ...{ author, exportedAt },
    link: (path: string) => `https://example.org${path}`,
    paths: { author: '/user/ada', post: ({ id }: Post) => `/posts/${id}` },
  };
  let text = '';
  for await (const part of postsJson(all(), options)) text += part;
  return text;
}

describe('postsJson', () => {
  it('is one document for any number of pages', async () => {
    const body = 'a "quote"\n👩‍💻 \u2028</script>';
    const document = JSON.parse(await written([post('2', body)], [], [post('1', 'first')]));
    expect(document).toEqual({
      format: 'microblog-posts',
      version: 1,
      exportedAt: '2026-02-03T04:05:06.007Z',
      author: { id: '7', nickname: 'ada', url: 'https://example.org/user/ada' },
      posts: [
        {
          id: '2',
          createdAt: '2026-02-03T04:05:06.007Z',
          language: null,
          body,
          url: 'https://example.org/posts/2',
        },
        expect.objectContaining({ id: '1', body: 'first' }),
      ],
    });
  });

  it('is a document even without posts', async () => {
    expect(JSON.parse(await written()).posts).toEqual([]);
    expect(JSON.parse(await written([])).posts).toEqual([]);
  });

  it('has one post a line', async () => {
    const text = await written([post('2', 'b'), post('1', 'a')]);
    expect(text.trimEnd().split('\n')).toHaveLength(4);
  });
});
