/** The beginnings and ends of sentences, by language. */
const sentences: Readonly<Record<string, readonly [starts: readonly string[], ends: readonly string[]]>> = {
  en: [
    [
      'This morning',
      'On the way home',
      'With the window open',
      'Before the first coffee',
      'Against all advice',
    ],
    [
      ...[
        'I finally fixed the kitchen clock and nobody noticed.',
        'the ferry waited for me, so ask me anything.',
      ],
      ...[
        'we found a street that is on no map & walked it twice.',
        "the neighbour's cat disapproved of us all.",
      ],
      ...['I counted eleven kinds of moss on one wall.', 'someone said "never again" and meant it.'],
    ],
  ],
  de: [
    ['Heute früh', 'Auf dem Heimweg', 'Bei offenem Fenster', 'Gegen jeden Rat'],
    [
      ...['habe ich endlich die Küchenuhr repariert.', 'fanden wir eine Straße, die auf keiner Karte steht.'],
      ...['war die Fähre überraschend pünktlich.', 'blühte plötzlich der Feigenbaum im Hof.'],
    ],
  ],
  es: [
    ['Esta mañana', 'De vuelta a casa', 'Con la ventana abierta', 'Por tercera vez esta semana'],
    [
      ...['volví a hornear el pan de centeno y salió bien.', 'el ferry me esperó, así que preguntadme.'],
      ...['encontramos una calle que no está en ningún mapa.', 'alguien dejó un piano en la plaza.'],
    ],
  ],
  fr: [
    ['Ce matin', 'En rentrant', 'La fenêtre ouverte', 'Contre tout conseil'],
    [
      ...['j’ai enfin réparé l’horloge de la cuisine.', 'on a trouvé une rue qui n’est sur aucune carte.'],
      ...['le chat du voisin nous a tous ignorés.', 'le dernier train est parti à l’heure.'],
    ],
  ],
  ru: [
    ['Сегодня утром', 'По дороге домой', 'Наконец-то', 'Вопреки советам'],
    [
      ...['мы нашли улицу, которой нет ни на одной карте.', 'я починил кухонные часы.'],
      ...['кот соседей снова всё проспал.', 'паром нас дождался.'],
    ],
  ],
  ja: [
    ['今朝、', '帰り道で、', '窓を開けたまま、', '三度目の正直で、'],
    [
      ...['台所の時計をやっと直しました。', '地図にない通りを見つけました。'],
      ...['隣の猫がずっとこちらを見ていた。', '最後の電車に間に合いました。'],
    ],
  ],
};

/** How often each language is written; the rest is English. */
const shares = { de: 0.1, es: 0.12, fr: 0.08, ru: 0.06, ja: 0.04 } as const;

const syllables = [
  'ka',
  'lin',
  'ro',
  'mes',
  'ti',
  'vor',
  'an',
  'dle',
  'su',
  'pre',
  'hol',
  'ge',
  'by',
  'nor',
  'ix',
  'wa',
];

const emoji = ['🙂', '🌿', '☕', '🚲', '👩🏽‍🌾', '🎻', '🌧️', '🔥'];

/** In characters (code units). */
const length = { least: 60, most: 280 } as const;

export interface SeedText {
  readonly body: string;
  readonly language: string;
}

/**
 * The text of a post: 60 to 280 characters, mostly short ones. One in eight has a link, one in six line breaks, one in
 * five an emoji. The word "coffee" is in about a fifth of them.
 */
export function seedText(random: () => number): SeedText {
  const language = languageAt(random());
  const [starts, ends] = sentences[language] ?? [[], []];
  const wanted = length.least + Math.floor(random() ** 2 * 180);
  const parts: string[] = [];
  for (let size = 0; size < wanted; ) {
    const sentence = `${pick(starts, random)} (${place(random)}) ${pick(ends, random)}`;
    parts.push(sentence);
    size += sentence.length + 1;
  }
  const separator = random() < 1 / 6 ? '\n' : ' ';
  let body = parts.join(separator);
  if (random() < 1 / 8)
    body += ` https://example.org/${Math.floor(random() * 1e6).toString(36)}?page=2&sort=new`;
  if (random() < 1 / 5) body += ` ${pick(emoji, random)}`;
  return { body: body.slice(0, length.most).trimEnd().toWellFormed(), language };
}

/** A made-up name, so that no two posts are alike and pages compress as those of real people. */
function place(random: () => number): string {
  const name = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables, random)).join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function languageAt(place: number): string {
  let sum = 0;
  for (const [language, share] of Object.entries(shares)) {
    sum += share;
    if (place < sum) return language;
  }
  return 'en';
}

function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
