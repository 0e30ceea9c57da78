import assert from 'node:assert/strict';
import { searchIndexCases } from './search-index-case.ts';

/**
 * A text, queries that find it, and a query that does not. Queries are words, parts of texts in scripts without spaces,
 * or other forms of the same letters.
 */
const scripts: Readonly<Record<string, readonly [body: string, finding: readonly string[], not: string]>> = {
  Latin: ['El niño comió piñas', ['nino', 'PIÑAS', '"comio pinas"', 'pin*'], 'niña'],
  Vietnamese: ['Tôi yêu tiếng nước tôi', ['tieng', '"nước tôi"', 'YÊU'], 'nuong'],
  Greek: ['Η θάλασσα είναι γαλάζια', ['θαλασσα', 'ΘΆΛΑΣΣΑ', 'γαλαζ*'], 'βουνό'],
  Cyrillic: ['Москва никогда не спит', ['москва', 'НИКОГДА', '"не спит"'], 'спать'],
  Georgian: ['თბილისი ლამაზი ქალაქია', ['თბილისი', '"ლამაზი ქალაქია"'], 'ბათუმი'],
  Armenian: ['Երևանը գեղեցիկ է', ['երևանը', 'ԳԵՂԵՑԻԿ'], 'գյումրի'],
  Hebrew: ['שָׁלוֹם עוֹלָם', ['שלום', '"שלום עולם"'], 'לילה'],
  Arabic: ['مَرْحَبًا أيها العالم', ['مرحبا', 'ايها', '"أيها العالم"'], 'وداعا'],
  'Arabic with ه for ة': ['ذهبت إلى المدرسة والغرفة', ['المدرسه', 'والغرفه', 'المدرسة'], 'البيت'],
  'Arabic with ة for ه': ['هذه مدرسه', ['مدرسة', 'هذة'], 'بيت'],
  'Arabic with ى for ي': ['نهائي الدوري', ['الدورى', 'نهائى', '"نهائي الدورى"'], 'الكأس'],
  'Arabic with ي for ى': ['مستشفى', ['مستشفي', 'مستشفی'], 'مدرسه'],
  'Arabic with the alef of the Quran': ['بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ', ['الرحمن', 'الله', 'بسم'], 'الرحيم'],
  'Arabic by a Persian keyboard': ['قرأت كتابا ومكتبة', ['کتابا', 'ومکتبه'], 'قلما'],
  'Persian by an Arabic keyboard': ['کتاب خوبی', ['كتاب', 'خوبي', 'خوبى'], 'قلم'],
  Urdu: ['یہ کتاب ہے', ['يه', 'كتاب'], 'قلم'],
  'Arabic presentation forms': ['ﻛﺘﺎﺏ', ['كتاب', 'کتاب'], 'قلم'],
  Persian: ['می‌خواهم کتاب بخوانم', ['کتاب', 'میخواهم', '"کتاب بخوانم"'], 'قلم'],
  Devanagari: ['नमस्ते दुनिया', ['नमस्ते', 'दुनि*', '"नमस्ते दुनिया"'], 'रात'],
  Bengali: ['শুভ সকাল বাংলাদেশ', ['সকাল', 'বাংলা*'], 'রাত'],
  Gurmukhi: ['ਸਤ ਸ੍ਰੀ ਅਕਾਲ', ['ਅਕਾਲ', '"ਸਤ ਸ੍ਰੀ"'], 'ਰਾਤ'],
  Gujarati: ['શુભ સવાર ગુજરાત', ['સવાર', 'ગુજ*'], 'રાત'],
  Tamil: ['வணக்கம் உலகம்', ['வணக்கம்', '"வணக்கம் உலகம்"'], 'இரவு'],
  Telugu: ['నమస్కారం ప్రపంచం', ['నమస్కారం', 'ప్రపంచం'], 'రాత్రి'],
  Kannada: ['ನಮಸ್ಕಾರ ಜಗತ್ತು', ['ನಮಸ್ಕಾರ', 'ಜಗತ್ತು'], 'ರಾತ್ರಿ'],
  Malayalam: ['നമസ്കാരം ലോകം', ['നമസ്കാരം', 'ലോകം'], 'രാത്രി'],
  Sinhala: ['සුබ උදෑසනක් වේවා', ['උදෑසනක්', '"සුබ උදෑසනක්"'], 'රාත්‍රිය'],
  Thai: ['สวัสดีชาวโลกทุกคน', ['ชาวโลก', 'สวัสดี', 'ทุกคน'], 'กลางคืน'],
  Lao: ['ສະບາຍດີຊາວໂລກ', ['ຊາວໂລກ', 'ສະບາຍດີ'], 'ກາງຄືນ'],
  Khmer: ['សួស្តីពិភពលោក', ['ពិភពលោក', 'សួស្តី'], 'យប់'],
  Myanmar: ['မင်္ဂလာပါကမ္ဘာလောက', ['ကမ္ဘာလောက', 'မင်္ဂလာပါ'], 'ညဘက်'],
  Tibetan: ['བཀྲ་ཤིས་བདེ་ལེགས', ['བཀྲ', '"བཀྲ་ཤིས"'], 'མཚན'],
  Ethiopic: ['ሰላም ለዓለም ሁሉ', ['ሰላም', '"ሰላም ለዓለም"'], 'ሌሊት'],
  Hangul: ['서울에서 만나요', ['서울', '만나요', '서울에서'], '부산'],
  Han: ['我爱北京天安门', ['北京', '天安门', '"我爱北京"'], '上海'],
  Hiragana: ['おはようございます', ['おはよう', 'ござい'], 'こんばんは'],
  Katakana: ['東京タワーのアイス', ['タワー', 'ﾀﾜｰ', '東京', 'アイス'], 'カレー'],
  Cherokee: ['ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ', ['ᏣᎳᎩ', '"ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"'], 'ᏒᏃᏱ'],
  Mathematics: ['𝐁𝐨𝐥𝐝 and ｆｕｌｌ width', ['bold', 'full', '"bold and full"'], 'italic'],
};

const emoji: readonly (readonly [body: string, finding: readonly string[]])[] = [
  ['coffee ☕ first', ['☕', 'coffee ☕', '"☕ first"']],
  ['the family 👨‍👩‍👧‍👦 is here', ['👨‍👩‍👧‍👦', '👧', 'family 👩']],
  ['bravo 👏🏽👏🏽', ['👏', '👏🏿', 'bravo👏']],
  ['vamos 🇺🇾', ['🇺🇾', 'vamos 🇺🇾']],
  ['love ❤️ this', ['❤', '❤️']],
];

export const searchScriptCases = searchIndexCases('search', {
  ...Object.fromEntries(
    Object.entries(scripts).map(([name, [body, finding, not]]) => [
      `finds words in ${name}`,
      async ({ publish, find }) => {
        const [post] = await publish(body, 'something else');
        for (const query of finding) assert.deepEqual(await find(query), [post?.body], query);
        assert.deepEqual(await find(not), [], not);
      },
    ]),
  ),
  'finds numbers by the digits of any script': async ({ publish, find }) => {
    await publish(
      'سنة ٢٠٢٦',
      'سال ۲۰۲۶',
      'वर्ष २०२६',
      'ปี๒๐๒๖',
      '２０２６年',
      'year 2026',
      '𝟐𝟎𝟐𝟔',
      'year 2025',
    );
    for (const query of ['2026', '٢٠٢٦', '۲۰۲۶', '२०२६', '๒๐๒๖', '２０２６', '202*'])
      assert.equal((await find(query)).length, query === '202*' ? 8 : 7, query);
    assert.deepEqual(await find('٢٠٢٥'), ['year 2025']);
    assert.deepEqual(await find('٣'), []);
  },
  'finds emoji, alone and with words': async ({ publish, find }) => {
    await publish(...emoji.map(([body]) => body), 'a teapot without pictures');
    for (const [body, finding] of emoji) {
      for (const query of finding) assert.deepEqual(await find(query), [body], query);
    }
    assert.deepEqual(await find('🫖'), []);
    assert.deepEqual(await find('-☕ coffee'), []);
  },
});
