import { describe, expect, it } from 'vitest';
import { placedWords, searchWords } from './words.ts';

describe('searchWords', () => {
  it.each([
    ['Hello, World!', 'hello world'],
    ['Straße, ÀÉ, Łódź, Đà', 'strasse ae lodz da'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['ﬁne ½ ｆｕｌｌ 𝐁𝐨𝐥𝐝', 'fine 1 2 full bold'],
    ['東京タワー', '東 京 タ ワ ー'],
    ['서울에서', '서 울 에 서'],
    ['नमस्ते दुनिया', 'नमस्ते दुनिया'],
    ['مُحَمَّد أحمد', 'محمد احمد'],
    ['مدرسة الدورى ٱلرحمن کتاب فارسی یہ', 'مدرسه الدوري الرحمن كتاب فارسي يه'],
    ['٣ ۲۰۲۶ २०२६ ปี๒๐๒๖ ２０ 𝟐', '3 2026 2026 ป ี 2026 20 2'],
    ['👨‍👩‍👧🏽 🇺🇾❤️', '👨 👩 👧 🇺 🇾 ❤'],
    ["don't @ada_l #x e-mail", 'don t ada l x e mail'],
    ['co\u00adoperate zero\u200bwidth', 'cooperate zerowidth'],
    ['a\u0000b \ud800', 'a b'],
    ['… ?! "" \' ()', ''],
  ])('makes words of %s', (text, words) => {
    expect(searchWords(text).join(' ')).toBe(words);
  });

  it('compares words by their first 64 characters', () => {
    const [word = ''] = searchWords('𝐚'.repeat(10) + 'b'.repeat(100));
    expect(word).toBe('a'.repeat(10) + 'b'.repeat(54));
  });

  it('makes no word that an engine could read as syntax', () => {
    const everything = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).join(' ');
    expect(searchWords(everything).join('')).not.toMatch(/[\0-/:-@[-`{-\x7f\s]/);
  });
});

describe('placedWords', () => {
  it('returns the position of each word in the original text', () => {
    const text = 'Crème co\u00adoperation ½ 👩🏽 東京';
    expect(placedWords(text).map(({ word, start, end }) => `${word}=${text.slice(start, end)}`)).toEqual([
      'creme=Crème',
      'cooperation=co\u00adoperation',
      '1=½',
      '2=½',
      '👩=👩',
      '東=東',
      '京=京',
    ]);
  });

  it('finds the words that searchWords makes', () => {
    for (const text of [
      'El niño comió piñas',
      'สวัสดีชาวโลก',
      'می‌خواهم کتاب',
      'Ἀχιλλεύς',
      'a_b-c.d',
      'ปี๒๐๒๖ ༢༠ ၂၀',
      'ٱلرَّحْمَـٰنِ ٢٠٢٦ مدرسة',
    ]) {
      expect(placedWords(text).map(({ word }) => word)).toEqual(searchWords(text));
    }
  });
});
