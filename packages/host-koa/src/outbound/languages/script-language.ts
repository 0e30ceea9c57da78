/** Scripts that, in posts, are used by one language only. */
const ownScripts: readonly (readonly [language: string, letter: RegExp])[] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['kn', /\p{Script=Kannada}/gu],
  ['ml', /\p{Script=Malayalam}/gu],
  ['gu', /\p{Script=Gujarati}/gu],
  ['pa', /\p{Script=Gurmukhi}/gu],
  ['si', /\p{Script=Sinhala}/gu],
  ['km', /\p{Script=Khmer}/gu],
  ['lo', /\p{Script=Lao}/gu],
];

/** Number of letters needed; fewer may be only a name or a symbol. */
const MIN_LETTERS = 4;
/** Their least share of all letters. */
const MIN_SHARE = 0.6;

/** Chinese words that Japanese does not write with these characters. Cantonese has other words; it gives no answer. */
const chinese = /[了吗嗎这這们們没沒吧呢啊很您她哪怎谁誰让讓]/u;
const cantonese = /[嘅咗唔冇喺佢哋嚟啲]/u;

/** The language that the script of a text implies; null if it implies none. */
export function scriptLanguage(words: string): string | null {
  const letters = count(words, /\p{L}/gu);
  const kana = count(words, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(words, /\p{Script=Han}/gu);
  if (kana >= 2 && kana + han >= MIN_SHARE * letters) return 'ja';
  if (kana === 0 && han >= MIN_LETTERS && han >= MIN_SHARE * letters) {
    return chinese.test(words) && !cantonese.test(words) ? 'zh' : null;
  }
  const own = ownScripts.find(([, letter]) => {
    const found = count(words, letter);
    return found >= MIN_LETTERS && found >= MIN_SHARE * letters;
  });
  return own?.[0] ?? null;
}

/** Letters that a language does not use. If a text has one, it is not in that language, unless it is in a name. */
const foreignLetters: Readonly<Record<string, RegExp>> = {
  be: /[ищъ]/iu,
  // Bulgarian has the soft sign only before о.
  bg: /[ыэёіїєґўјљњќѓђћ]|ь(?!о)/iu,
  mk: /[ыэёйщъьюяіїєґўђћ]/iu,
  ru: /[іїєґўјљњћђќѓ]/iu,
  sr: /[ыэёйщъьюяіїєґўќѓ]/iu,
  uk: /[ыэёъў]/iu,
  // Arabic has its own yeh and kaf, and the marbuta; Persian and Urdu have letters that Arabic lacks.
  ar: /[\u067e\u0686\u0698\u06af\u06cc\u06a9\u06d2\u0679\u0688\u0691\u06ba]/u,
  fa: /[\u0629\u064a\u0643\u0649\u06d2\u0679\u0688\u0691\u06ba]/u,
  ur: /[\u0629\u064a\u0643\u0649]/u,
  es: /[çãõàèòêâôäëöß]/iu,
  pt: /[ñìòùäëöß¿¡]/iu,
  it: /[ñçãõâêôäëöß¿¡]/iu,
  en: /[ñãõßąęłşğıčřžšđőű]/iu,
};

/** Letters so frequent in a language, about one in twelve, that a longer text without them is in another language. */
const frequentLetters: Readonly<Record<string, RegExp>> = {
  be: /[іў]/iu,
  uk: /[іїє]/iu,
};
const MIN_LENGTH = 25;

/** Whether the letters of a text rule the language out. */
export function isRuledOut(language: string, words: string): boolean {
  if (foreignLetters[language]?.test(words)) return true;
  const frequent = frequentLetters[language];
  return frequent !== undefined && !frequent.test(words) && count(words, /\p{L}/gu) >= MIN_LENGTH;
}

function count(text: string, letter: RegExp): number {
  return text.match(letter)?.length ?? 0;
}
