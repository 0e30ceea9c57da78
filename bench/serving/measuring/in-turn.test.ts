import { describe, expect, it } from 'vitest';
import { countedRounds } from './in-turn.ts';

const turns = { rounds: 2, noiseLimit: 0.1 };
const noiseOf = (share: number) => share;

describe('the rounds that count', () => {
  it('are the first quiet ones', () => {
    expect(countedRounds([0.5, 0.02, 0.1, 0.01], noiseOf, turns)).toEqual({
      counted: [0.02, 0.1],
      noisy: false,
    });
  });

  it('are the quietest if too few were quiet, and are marked then', () => {
    expect(countedRounds([0.5, 0.02, 0.3], noiseOf, turns)).toEqual({ counted: [0.02, 0.3], noisy: true });
  });

  it('are marked as long as there are not enough', () => {
    expect(countedRounds([0.02], noiseOf, turns).noisy).toBe(true);
  });

  it('are the first ones if nobody knows what else the machine did', () => {
    const rounds = [Number.NaN, Number.NaN, Number.NaN];
    expect(countedRounds(rounds, noiseOf, turns)).toEqual({ counted: rounds.slice(0, 2), noisy: false });
  });
});
