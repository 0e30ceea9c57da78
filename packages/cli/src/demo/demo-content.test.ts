import { compareIds, countGraphemes } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { demoContent } from './demo-content.ts';

const until = new Date('2026-06-01T12:00:00Z');

describe('demoContent', () => {
  const content = demoContent(until);

  it('is the same for the same date, ids included', () => {
    expect(demoContent(until)).toEqual(content);
    expect(demoContent(new Date('2026-06-02T12:00:00Z'))).not.toEqual(content);
  });

  it('holds at least 30 people and 1,000 posts that pass the rules', () => {
    expect(content.people.length).toBeGreaterThanOrEqual(30);
    expect(content.posts.length).toBeGreaterThanOrEqual(1_000);
    for (const { nickname } of content.people) expect(nickname).toMatch(/^[A-Za-z0-9._]{1,64}$/);
    for (const { aboutMe } of content.people) expect(countGraphemes(aboutMe)).toBeLessThanOrEqual(140);
    for (const { body } of content.posts) expect(countGraphemes(body)).toBeLessThanOrEqual(140);
  });

  it('writes from left to right and from right to left', () => {
    const languages = new Set(content.posts.map(({ language }) => language));
    expect([...languages].sort()).toEqual(['ar', 'en', 'es', 'fr']);
    for (const { body, language } of content.posts) {
      expect([body, /\p{Script=Arabic}/u.test(body)]).toEqual([body, language === 'ar']);
    }
  });

  it('has unique ids and nicknames, and no user who follows themselves', () => {
    const { people, posts, follows } = content;
    expect(new Set(people.map(({ nickname }) => nickname.toLowerCase())).size).toBe(people.length);
    for (const rows of [people, posts, follows])
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(follows.filter(({ followerId, followedId }) => followerId === followedId)).toEqual([]);
  });

  it('writes posts in the order of time, up to the date and not beyond', () => {
    const ids = content.posts.map(({ id }) => id);
    expect([...ids].sort(compareIds)).toEqual(ids);
    expect(content.posts.at(-1)?.createdAt.getTime()).toBeLessThanOrEqual(until.getTime());
  });
});
