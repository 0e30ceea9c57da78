import type { PostId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { keptByPost } from './kept-by-post.ts';

const post = (id: string, body: string, time = 0) => ({ id: id as PostId, body, createdAt: new Date(time) });

/** Texts of posts, and how often any were made. */
function counted(maxBytes: number) {
  let made = 0;
  const of = keptByPost(maxBytes, ({ body }, language) => {
    made++;
    return { html: `${language} ${body}` };
  });
  return { of, made: () => made };
}

describe('keptByPost', () => {
  it('makes the texts of a post once for each language', () => {
    const { of, made } = counted(10_000);
    const texts = [of(post('1', 'a'), 'en'), of(post('1', 'a'), 'en'), of(post('1', 'a'), 'es')];
    expect(texts.map(({ html }) => html)).toEqual(['en a', 'en a', 'es a']);
    expect(made()).toBe(2);
  });

  it('makes them again if the body or the time changed', () => {
    const { of } = counted(10_000);
    const before = of(post('1', 'a'), 'en');
    expect(of(post('1', 'b'), 'en')).toEqual({ html: 'en b' });
    expect(of(post('1', 'b', 1), 'en')).not.toBe(before);
  });

  it('keeps no more bytes than the limit', () => {
    const { of, made } = counted(1_000);
    for (const id of ['1', '2', '3', '4', '1']) of(post(id, 'x'), 'en');
    expect(made()).toBe(5);
  });

  it('makes texts that are larger than the limit each time', () => {
    const { of, made } = counted(1_000);
    const long = 'x'.repeat(1_000);
    expect([of(post('1', long), 'en'), of(post('1', long), 'en')]).toEqual([
      { html: `en ${long}` },
      { html: `en ${long}` },
    ]);
    expect(made()).toBe(2);
  });
});
