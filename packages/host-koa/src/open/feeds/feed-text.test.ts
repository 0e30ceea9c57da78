import { describe, expect, it } from 'vitest';
import { feedText, titleOf } from './feed-text.ts';

describe('feedText', () => {
  it('keeps every character that XML has', () => {
    const text = '\t\n\r \u0085\u00a0ñ\ud7ff\ue000\ufffd😀\u{10ffff}<>&';
    expect(feedText(text)).toBe(text);
  });

  it.each(['\u0000', '\u0008', '\u000b', '\u000c', '\u001f', '\ufffe', '\uffff', '\ud800', '\udc00'])(
    'leaves out %j',
    (character) => expect(feedText(`a${character}b`)).toBe('ab'),
  );
});

describe('titleOf', () => {
  it('is the first line', () => expect(titleOf('one\ntwo')).toBe('one'));

  it('is cut if it is long, never inside a character that its reader sees', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(titleOf(family.repeat(80))).toBe(family.repeat(80));
    expect(titleOf(family.repeat(81))).toBe(`${family.repeat(80)}…`);
  });
});
