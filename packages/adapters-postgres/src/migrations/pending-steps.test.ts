import { describe, expect, it } from 'vitest';
import type { Migration } from './migration.ts';
import { pendingSteps } from './pending-steps.ts';

const down = () => [];
const earlier: Migration = { name: '1', up: (schema) => [`make old in ${schema}`], down };
const between: Migration = { name: '2', up: () => ['unrelated'], down };
const later: Migration = {
  name: '3',
  up: () => ['make new', 'move', 'drop old'],
  down,
  replaces: { name: '1', up: () => ['make new'] },
};

describe('pending migrations', () => {
  it('leave out a migration that a later one replaces', () => {
    expect(pendingSteps([earlier, between, later], '"s"')).toEqual([
      { name: '1', statements: [] },
      { name: '2', statements: ['unrelated'] },
      { name: '3', statements: ['make new'] },
    ]);
  });

  it('make and move everything if they are applied one after another', () => {
    expect(pendingSteps([earlier, between], '"s"')).toEqual([
      { name: '1', statements: ['make old in "s"'] },
      { name: '2', statements: ['unrelated'] },
    ]);
    expect(pendingSteps([later], '"s"')).toEqual([
      { name: '3', statements: ['make new', 'move', 'drop old'] },
    ]);
  });
});
