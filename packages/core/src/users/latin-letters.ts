/** Letters that Unicode does not decompose into a Latin letter and a mark. */
const latin: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'ng',
};

/** As passports write them (ICAO Doc 9303, part 3), with `kh` and `ts`; letters that have no sound become nothing. */
const cyrillic: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
  },
  ...{
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
  },
  ...{
    ъ: '',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    і: 'i',
    ї: 'yi',
    є: 'ye',
    ґ: 'g',
    ђ: 'dj',
    ј: 'j',
    љ: 'lj',
  },
  ...{ њ: 'nj', ћ: 'c', џ: 'dz', ѕ: 'dz', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ү: 'u', ұ: 'u', һ: 'h', ә: 'a' },
};

/** ISO 843, type 2, without regard to pairs of letters. */
const greek: Readonly<Record<string, string>> = {
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm' },
  ...{
    ν: 'n',
    ξ: 'x',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'y',
    φ: 'f',
    χ: 'ch',
    ψ: 'ps',
    ω: 'o',
  },
};

const letters: ReadonlyMap<string, string> = new Map(Object.entries({ ...latin, ...cyrillic, ...greek }));

/**
 * A text in the letters of ASCII, as far as they are known: Latin letters lose their marks, Cyrillic and Greek ones are
 * transliterated. Letters of other scripts stay.
 */
export function latinLetters(text: string): string {
  return text.normalize('NFC').replace(/[^\0-\x7f]/gu, (letter) => {
    const written = inLatin(letter);
    if (written !== null) return written;
    const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    return plain.replace(/[^\0-\x7f]/gu, (part) => inLatin(part) ?? part);
  });
}

function inLatin(letter: string): string | null {
  const own = letters.get(letter);
  if (own !== undefined) return own;
  const small = letters.get(letter.toLowerCase());
  return small === undefined ? null : small.charAt(0).toUpperCase() + small.slice(1);
}
