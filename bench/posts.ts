import { composeId, type Post, type UserId } from '@microblog/core';

/** People who wrote the posts; their ids are 1, 2, 3 and so on. */
export const AUTHORS = 2_000;
const WORDS = 18;
const VOCABULARY = 50_000;
const FIRST = Date.parse('2024-01-01T00:00:00Z');

/** Words that are put in on purpose, with how many posts lie between two that hold them, and up to what share. */
const planted = [
  { word: 'common', every: 10, from: 0, until: 1 },
  { word: 'usual', every: 20, from: 0, until: 1 },
  { word: 'middling', every: 40, from: 3, until: 1 },
  { word: 'uncommon', every: 200, from: 9, until: 1 },
  { word: 'rareish', every: 1_000, from: 7, until: 1 },
  // Something of old times, that nobody speaks of any more.
  { word: 'former', every: 10, from: 6, until: 0.5 },
] as const;

/** Always the same posts, in batches, the oldest first; most words are rare, as in any language. */
export function* generatedPosts(
  count: number,
  batchSize: number,
  language: string | null,
): Generator<Post[]> {
  const random = repeatable();
  let batch: Post[] = [];
  for (let number = 0; number < count; number++) {
    const words = Array.from({ length: WORDS }, () => `w${Math.floor(VOCABULARY ** random()).toString(36)}x`);
    for (const [place, { word, every, from, until }] of planted.entries()) {
      if (number % every === from && number < count * until) words[place + 3] = word;
    }
    // In the middle, so that neither end finds it at once.
    if (number === Math.floor(count / 2)) words[12] = 'unique';
    const at = FIRST + number * 1_000;
    batch.push({
      id: composeId(at, 0),
      authorId: String(1 + (number % AUTHORS)) as UserId,
      body: words.join(' '),
      language,
      createdAt: new Date(at),
    });
    if (batch.length === batchSize || number === count - 1) {
      yield batch;
      batch = [];
    }
  }
}

/** Numbers from 0 to 1 that look random: a linear congruential generator with the constants of ISO C. */
function repeatable(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
