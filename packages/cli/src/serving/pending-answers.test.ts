import { expect, it } from 'vitest';
import { pendingAnswers } from './pending-answers.ts';

it('brings each answer to its question', async () => {
  const answers = pendingAnswers<string>(60_000);
  const ids: number[] = [];
  const asked = ['a', 'b'].map(() => answers.ask((id) => void ids.push(id)));
  for (const id of ids.toReversed()) answers.answer(id, `answer ${id}`);
  expect(await Promise.all(asked)).toEqual(ids.map((id) => `answer ${id}`));
});

it('gives up in time, and ignores late answers', async () => {
  const answers = pendingAnswers<string>(5);
  let asked = 0;
  expect(
    await answers.ask((id) => {
      asked = id;
    }),
  ).toBeNull();
  answers.answer(asked, 'late');
});
