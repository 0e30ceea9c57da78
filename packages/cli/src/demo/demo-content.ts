import { composeId, type Follow, type FollowId, type Post, type PostId, type UserId } from '@microblog/core';
import type { SampleContent } from '@microblog/host-koa/composition';
import { type DemoLanguage, demoPeople, demoPhrases } from './demo-texts.ts';
import { type Random, seededRandom } from './random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const POSTS = 1_200;
const DAYS = 60;

/**
 * Sample users who follow each other and have posted for sixty days up to `until`. The same `until` gives the same
 * content, including ids.
 */
export function demoContent(until: Date): SampleContent {
  const random = seededRandom(1);
  const start = until.getTime() - DAYS * DAY;
  const people = demoPeople.map(([nickname, aboutMe], index) => {
    const createdAt = new Date(start - DAY + index * 30 * MINUTE);
    return {
      id: composeId<UserId>(createdAt.getTime(), random.below(65_536)),
      nickname,
      email: `${nickname}@demo.invalid`,
      locale: null,
      role: 'member' as const,
      createdAt,
      aboutMe,
    };
  });
  const ids = people.map(({ id }) => id);
  return { people, follows: followsAmong(ids, start, random), posts: postsBy(ids, start, random) };
}

/** Each user follows four to sixteen others. */
function followsAmong(ids: readonly UserId[], start: number, random: Random): Follow[] {
  return ids.flatMap((followerId, index) => {
    const others = ids.filter((id) => id !== followerId);
    const followed = new Set(Array.from({ length: 4 + random.below(13) }, () => random.pick(others)));
    return [...followed].map((followedId, number): Follow => {
      const createdAt = new Date(start - 2 * 60 * MINUTE + index * MINUTE + number * 1_000);
      return {
        id: composeId<FollowId>(createdAt.getTime(), random.below(65_536)),
        followerId,
        followedId,
        createdAt,
      };
    });
  });
}

/** The last post is a few minutes old, so that the site looks active. Some users write far more than others. */
function postsBy(ids: readonly UserId[], start: number, random: Random): Post[] {
  const step = (DAYS * DAY - 3 * MINUTE) / POSTS;
  return Array.from({ length: POSTS }, (_, index): Post => {
    const createdAt = new Date(Math.floor(start + (index + random.next()) * step));
    const author = Math.floor(random.next() ** 2 * ids.length);
    const language = demoPeople[author]?.[2] ?? 'en';
    return {
      id: composeId<PostId>(createdAt.getTime(), random.below(65_536)),
      authorId: ids[author] as UserId,
      body: sentence(language, random),
      language,
      createdAt,
    };
  });
}

function sentence(language: DemoLanguage, random: Random): string {
  const { openings, subjects, endings } = demoPhrases[language];
  const text = `${random.pick(openings)} ${random.pick(subjects)} ${random.pick(endings)}`;
  return random.below(12) === 0 ? text.replace(/ (and|y|et) /, '\n\n$1 ') : text;
}
