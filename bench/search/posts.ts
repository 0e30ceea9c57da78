import { composeId, type Post, type UserId } from '@microblog/core';
import { repeatableRandom } from '../repeatable-random.ts';

/** Authors of the posts; their ids are 1, 2, 3 and so on. */
export const AUTHORS = 2_000;
const WORDS = 18;
const VOCABULARY = 50_000;
const FIRST = Date.parse('2024-01-01T00:00:00Z');

/** Words added on purpose: one in every so many posts, up to the share `until` of all posts. */
const planted = [
  { word: 'common', every: 10, from: 0, until: 1 },
  { word: 'usual', every: 20, from: 0, until: 1 },
  { word: 'middling', every: 40, from: 3, until: 1 },
  { word: 'uncommon', every: 200, from: 9, until: 1 },
  { word: 'rareish', every: 1_000, from: 7, until: 1 },
  // A word of old posts that later posts never use.
  { word: 'former', every: 10, from: 6, until: 0.5 },
] as const;

/** Always the same posts, in batches, oldest first; most words are rare, as in any language. */
export function* generatedPosts(
  count: number,
  batchSize: number,
  language: string | null,
): Generator<Post[]> {
  const random = repeatableRandom();
  let batch: Post[] = [];
  for (let number = 0; number < count; number++) {
    const words = Array.from({ length: WORDS }, () => `w${Math.floor(VOCABULARY ** random()).toString(36)}x`);
    for (const [place, { word, every, from, until }] of planted.entries()) {
      if (number % every === from && number < count * until) words[place + 3] = word;
    }
    // In the middle, so that a scan from neither end finds it at once.
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
