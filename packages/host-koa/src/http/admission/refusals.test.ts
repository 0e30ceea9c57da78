import { expect, it } from 'vitest';
import { refusals } from './refusals.ts';

it('notifies observers of each refusal, and logs at most one line in ten seconds', () => {
  const lines: object[] = [];
  const seen: (string | number)[][] = [];
  let now = 0;
  const logger = { debug() {}, info() {}, error() {}, warn: (details: object) => void lines.push(details) };
  const refuse = refusals(logger, [({ method, status }) => void seen.push([method, status])], () => now);
  for (let time = 0; time < 25; time++) {
    now = time * 1000;
    refuse('GET');
  }
  expect(seen).toHaveLength(25);
  expect(seen[0]).toEqual(['GET', 503]);
  expect(lines).toEqual([{ refused: 1 }, { refused: 10 }, { refused: 10 }]);
});
