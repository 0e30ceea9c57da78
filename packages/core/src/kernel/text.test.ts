import { describe, expect, it } from 'vitest';
import { countGraphemes, isBlank, isUsable, normalizeText } from './text.ts';

const FAMILY = '👨‍👩‍👧‍👦';

describe('isBlank', () => {
  it.each([
    '',
    ' ',
    '\n\t ',
    '\u00a0',
    '\u3000',
    '\u200b',
    '\u200b\u200d\u2060',
    '\ufeff',
    '\u00ad',
    '\u3164',
    '\u202e',
  ])('finds nothing to see in %j', (text) => expect(isBlank(text)).toBe(true));

  it.each(['a', ' a ', FAMILY, '\u200b.\u200b', '0'])('finds something in %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('isUsable', () => {
  it.each(['\0', 'a\0b', '\u0007', '\u001b[31m', '\u007f', '\u000b', '\ud83d', 'a\udc00b'])(
    'refuses %j',
    (text) => {
      expect(isUsable(text)).toBe(false);
    },
  );

  it.each(['', 'plain', 'tab\tand\nline', FAMILY, 'naïve', 'مرحبا'])('takes %j', (text) => {
    expect(isUsable(text)).toBe(true);
  });
});

describe('normalizeText', () => {
  it('makes line feeds of all line ends', () => {
    expect(normalizeText('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
  });

  it('composes letters with their marks', () => {
    expect(normalizeText('e\u0301')).toBe('\u00e9');
  });

  it('takes white space off both ends, and leaves it inside', () => {
    expect(normalizeText('\n  a  b\n\nc \u3000')).toBe('a  b\n\nc');
  });

  it('leaves a lone surrogate for the check that refuses it', () => {
    expect(normalizeText(' a\ud800 ')).toBe('a\ud800');
  });

  it('leaves joined emoji whole', () => {
    expect(normalizeText(FAMILY)).toBe(FAMILY);
  });
});

describe('countGraphemes', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    [FAMILY, 1],
    ['👍🏽', 1],
    ['🇪🇸🇺🇾', 2],
    ['e\u0301', 1],
    ['नमस्ते', 3],
    ['\u1112\u1161\u11ab', 1],
    ['a\nb', 3],
  ])('counts what the reader of %j sees', (text, count) => {
    expect(countGraphemes(text)).toBe(count);
  });

  it('counts a letter under a heap of marks once', () => {
    expect(countGraphemes(`z${'\u0337'.repeat(1000)}`)).toBe(1);
  });
});
