/** Splits a list that is written as one text. */
const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** All country codes of IANA's root zone database. */
const countries = listed(`
  ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
  cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg
  gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn
  kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
  nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh
  si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve
  vg vi vn vu wf ws ye yt za zm zw
`);

/**
 * Country codes that are also words of English, Spanish, French, Italian, German, Portuguese, Dutch or a Nordic
 * language, abbreviations, or endings of file names. `done.in`, `bien.me` and `README.md` are no addresses.
 */
const wordsAndFiles = listed(`
  ad ag al am ao as at au be by cc de do es et fm id ie il im in is it la li ma md me mk ml mr ms mu my na ne ni no nu
  om pa pl pm ps py re rs sa se sh si so sr st su tf to us va ve vi vu
`);

/** Endings that no sentence begins with. */
const general = listed(
  'com org net edu gov mil info biz aero asia coop museum mobi eus gal bzh xyz dev app social',
);

/**
 * Endings in other scripts. Names of countries that are words are missing if their script ends sentences with a full
 * stop: مصر, भारत.
 */
const international = listed(`
  рф рус орг ком укр срб мкд мон қаз бг ею ελ ευ հայ გე 中国 中國 公司 网络 网址 香港 台湾 台灣 コム みんな 한국 닷컴 닷넷 ไทย
`);

/** Endings that are also words: they count only before a path, a port or a query. */
const generalWords = listed(`
  academy agency art audio bar berlin bet bio blog build business cafe camp capital care cash cat center chat city cloud
  club codes coffee community company computer cool courses date day deals design digital direct directory dog download
  earth education email energy engineering events exchange expert express family fans fashion finance fit foundation
  fun fund fyi gallery game games garden gift global google graphics green group guide guru haus health help host
  hosting house icu inc ink institute int international jobs land law legal life limo link live lol london love ltd
  madrid management market marketing media money movie name network news ninja nyc one online ooo page paris party
  photo photography photos pics pictures pizza place plus pro pub quest racing recipes red report rest restaurant
  review reviews rip rocks run sale school science security services shop show site software solutions space sport
  store stream studio style support surf systems tax team tech technology tel theater tips today tokyo tools top town
  trade training travel tube university video vip vision wiki win wine work works world wtf yoga youtube zone
  москва дети сайт онлайн бел مصر السعودية امارات ایران قطر الاردن الجزائر المغرب تونس فلسطين عمان موقع شبكة
  भारत ভারত বাংলা ישראל
`);

/** An ending in the form for machines. No one ends a sentence so. */
const isPunycode = (ending: string) => /^xn--[a-z0-9-]+$/i.test(ending);

/**
 * Whether the labels of a host name that stands without a scheme are an address, and not a file name, a time, a version
 * or two sentences without a space. `hasMore`: a path, a port or a query follows.
 */
export function isPlainAddress(labels: readonly string[], hasMore: boolean): boolean {
  const ending = labels.at(-1) ?? '';
  const before = labels.slice(0, -1);
  if (before[0]?.toLowerCase() === 'www') return before.length > 1 && /^[\p{L}\p{M}-]{2,}$/u.test(ending);
  // Two sentences: "It rains.So what".
  if (ending !== ending.toLowerCase()) return false;
  if (isPunycode(ending)) return true;
  const allNumbers = before.every((label) => /^\d+$/.test(label));
  if (before.length > 1 && allNumbers) return false;
  if (general.has(ending) || international.has(ending)) return true;
  if (hasMore) return countries.has(ending) || generalWords.has(ending);
  if (!countries.has(ending)) return false;
  if (!wordsAndFiles.has(ending)) return true;
  // `news.example.de` is an address; `a.m.to` and `U.S.in` are not.
  return before.length > 1 && before.every((label) => /\p{L}/u.test(label) && label.length > 1);
}

/** Whether a label is an ending that addresses are known to have. */
export function isKnownEnding(label: string): boolean {
  const ending = label.toLowerCase();
  return [general, countries, generalWords, international].some((list) => list.has(ending));
}
