import { describe, expect, it } from 'vitest';
import { corpus } from './corpus/index.ts';
import { unmarked } from './corpus/marked-text.ts';
import { addressesIn } from './text-addresses.ts';

describe('the corpus of addresses', () => {
  it('has at least 300 texts, all different', () => {
    const texts = Object.values(corpus).flatMap((cases) => cases.map(([marked]) => unmarked(marked).text));
    expect(texts.length).toBeGreaterThanOrEqual(300);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe.each(Object.entries(corpus))('addresses %s', (_kind, cases) => {
  it.each(cases)('%j: %s', (marked) => {
    const { text, addresses } = unmarked(marked);
    expect(addressesIn(text)).toEqual(addresses);
  });

  it.each(cases)('in a sentence, %j: %s', (marked) => {
    const { text, addresses } = unmarked(`see ${marked} now`);
    expect(addressesIn(text)).toEqual(addresses);
  });
});
