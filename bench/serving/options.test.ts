import { describe, expect, it } from 'vitest';
import { usualSize } from './database/size.ts';
import { type BenchOptions, help, parseOptions, partNames } from './options.ts';

function parsed(...args: string[]): BenchOptions {
  const options = parseOptions(args);
  if (options === 'help') throw new Error('These are no options.');
  return options;
}

describe('the options of the bench', () => {
  it('are all parts but the slow ones at the usual size, unless others are chosen', () => {
    const { parts, size, shares } = parsed();
    expect([...parts]).toEqual(partNames.filter((part) => part !== 'restore' && part !== 'growth'));
    expect(size).toEqual(usualSize);
    expect(shares).toBe('print');
  });

  it('of a full run are all parts', () => {
    expect([...parsed('--full').parts]).toEqual([...partNames]);
  });

  it('of a check are the parts that have shares', () => {
    const { parts, shares } = parsed('--check');
    expect(shares).toBe('check');
    expect(parts.has('publish')).toBe(true);
    expect(parts.has('memory')).toBe(false);
  });

  it('may name parts, also behind the separator of pnpm', () => {
    expect([...parsed('--', '--only', 'home,growth').parts]).toEqual(['home', 'growth']);
  });

  it.each([
    [['--only', 'hom'], 'there is no part "hom"'],
    [['--pairs', '0'], '--pairs: expected a positive number'],
    [['--fulll'], '--fulll'],
  ])('%j is a fault', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('may accept any noise', () => {
    expect(parsed('--noise-limit', 'any').noiseLimit).toBe(Number.POSITIVE_INFINITY);
    expect(parsed('--noise-limit', '25').noiseLimit).toBe(0.25);
  });

  it('are listed by --help', () => {
    expect(parseOptions(['--help'])).toBe('help');
    for (const part of partNames) expect(help).toContain(part);
  });
});
