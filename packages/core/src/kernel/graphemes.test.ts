import { describe, expect, it } from 'vitest';
import { countGraphemes, measureText } from './graphemes.ts';

const FAMILY = '👨‍👩‍👧‍👦';

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
  ])('counts the characters that the reader of %j sees', (text, count) => {
    expect(countGraphemes(text)).toBe(count);
  });

  it('counts a letter with many marks once', () => {
    expect(countGraphemes(`z${'\u0337'.repeat(1000)}`)).toBe(1);
  });
});

describe('measureText', () => {
  it.each([
    ['an emoji joined to itself 1,490 times', '🚫\u200d'.repeat(1490)],
    ['six joined emoji', '🚫\u200d🚫\u200d🚫\u200d🚫\u200d🚫\u200d🚫'],
    ['marks between joined emoji', '🚫\u0301\u0301\u200d🚫'],
    ['a letter with 30 marks', `z${'\u0337'.repeat(30)}`],
    ['a letter with 9 marks', `z${'\u0337'.repeat(9)}`],
    ['9 different marks', 'a\u0300\u0316\u0302\u0317\u0304\u0318\u0306\u0319\u0308'],
    ['9 enclosing marks', `a${'\u20dd'.repeat(9)}`],
    ['a Thai letter with 10 marks', `ก${'\u0e49'.repeat(10)}`],
    ['an Arabic letter with 10 marks', `ب${'\u0651\u064e'.repeat(5)}`],
    ['Hangul letters without end', '\u1100'.repeat(17)],
    ['number signs without end', `${'\u0600'.repeat(16)}1`],
    ['tags without end', `🏴${'\u{e0061}'.repeat(16)}\u{e007f}`],
    ['joiners without end', `a${'\u200d'.repeat(16)}`],
    ['a long syllable', `क${'्क'.repeat(8)}`],
  ])('finds crowded: %s', (_what, text) => {
    expect(measureText(`so: ${text} end`).crowded).toBe(true);
  });

  it.each([
    ['families', FAMILY],
    ['a kiss with two skin tones', '👩🏽‍❤️‍💋‍👨🏿'],
    ['a flag of a country and of England', '🇺🇾🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['flags with signs', '🏳️‍🌈🏴‍☠️🏳️‍⚧️'],
    ['jobs', '👩🏽‍💻🧑‍🚀👨🏿‍🦽‍➡️'],
    ['an eye in a bubble', '👁️‍🗨️'],
    ['keycaps', '1️⃣#️⃣'],
    ['a joiner at the end', '👩\u200d'],
    ['Vietnamese, decomposed', 'Việt Nam ề'.normalize('NFD')],
    ['Hebrew with points and accents', 'בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים'],
    ['the Quran', 'بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ ۝ ٱلضَّآلِّينَ'],
    ['a Tibetan mantra', 'ཧྐྵྨླྺྼྻྂ'],
    ['long syllables of Sanskrit', 'र्त्स्न्य कार्त्स्न्यं राष्ट्र्य'],
    ['Malayalam', 'ക്ഷ്യ സ്ത്രീ'],
    ['Sinhala', 'ශ්‍රී ලංකා ක්‍ෂ්‍ය'],
    ['Khmer', 'ស្ត្រី ស្រ្តី'],
    ['Burmese', 'ဣန္ဒြေ္ဒယ ကြွေ'],
    ['Thai', 'น้ำ ที่ กั้น'],
    ['Korean, decomposed', '한국어'.normalize('NFD')],
    ['phonetics', 'ã̤̌ː t͡ʃ'],
    ['mathematics', '𝐁⃗ x̂̄'],
  ])('takes what people write: %s', (_what, text) => {
    expect(measureText(text)).toEqual({ graphemes: countGraphemes(text), crowded: false });
  });

  it('stops above the limit', () => {
    expect(measureText('a'.repeat(100), 10)).toEqual({ graphemes: 11, crowded: false });
  });
});
