import { describe, expect, it } from 'vitest';
import { isBlank, isUsable, normalizeText, withoutControls } from './text.ts';

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
    '\u2800',
    '\u2800 \u2800\n\u2800',
    '\u0301',
    '\u0301\u0302 \u20dd',
    '\u093e',
    '\ufffc',
    '\ufff9\ufffb',
    '\u{1d159}',
    '\u{1d173}',
    '\u115f\u1160',
    '\u17b4',
    '\u180e',
    '\uffa0',
    '\u034f',
    '\u{e0061}',
    '\u{13441}\u{13442}',
    '\ufe0f\u200d',
  ])('is true for %j', (text) => expect(isBlank(text)).toBe(true));

  it.each([
    'a',
    ' a ',
    FAMILY,
    '\u200b.\u200b',
    '0',
    '\u2801',
    '\ufffd',
    '۝a',
    'e\u0301',
    '\u0301a',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '1️⃣',
    'ー',
    '・',
  ])('is false for %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('isUsable', () => {
  it.each([
    '\0',
    'a\0b',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u000b',
    '\ud83d',
    'a\udc00b',
    'a\u0080',
    '\u0085',
    'a\u009f',
    '\ue000',
    'a\uf8ff',
    '\u{f0000}',
    '\u{10fffd}',
    '\ufdd0',
    'a\uffff',
    '\u{1fffe}',
  ])('refuses %j', (text) => {
    expect(isUsable(text)).toBe(false);
  });

  it.each(['', 'plain', 'tab\tand\nline', FAMILY, 'naïve', 'مرحبا'])('accepts %j', (text) => {
    expect(isUsable(text)).toBe(true);
  });
});

describe('normalizeText', () => {
  it('converts all line ends to line feeds', () => {
    expect(normalizeText('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
    expect(normalizeText('a\u0085b\u2028c\u2029d')).toBe('a\nb\nc\nd');
  });

  it('leaves nothing that HTML forbids of a next line character', () => {
    expect(normalizeText('\u0085')).toBe('');
  });

  it('composes letters and their marks (NFC)', () => {
    expect(normalizeText('e\u0301')).toBe('\u00e9');
  });

  it('removes white space at both ends, and keeps it inside', () => {
    expect(normalizeText('\n  a  b\n\nc \u3000')).toBe('a  b\n\nc');
  });

  it('keeps a lone surrogate, so that a later check can refuse it', () => {
    expect(normalizeText(' a\ud800 ')).toBe('a\ud800');
  });

  it('keeps joined emoji', () => {
    expect(normalizeText(FAMILY)).toBe(FAMILY);
  });
});

describe('withoutControls', () => {
  it('removes what texts may not hold, or puts something in its place', () => {
    expect(withoutControls('a\0b\ue000c\u0085d\ud800')).toBe('abc\nd\ufffd');
    expect(withoutControls('a\0b', ' ')).toBe('a b');
  });
});
