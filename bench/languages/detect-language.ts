import { readFileSync } from 'node:fs';
import { eldLanguageDetector } from '@microblog/host-koa';

/**
 * Guesses the language of every labelled sentence, and prints how many guesses were right, missing and wrong.
 * Thresholds were chosen with the first, third… sentence of each file; the others were kept back to judge them.
 */
const folder = new URL('./labelled-sentences/', import.meta.url);
const languages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'ru'];

interface Sentence {
  /** Null: in no language. */
  readonly label: string | null;
  readonly text: string;
  readonly keptBack: boolean;
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
}

const ten: Sentence[] = languages.flatMap((label) =>
  linesOf(`${label}.txt`).map((text, index) => ({ label, text, keptBack: index % 2 === 1 })),
);
const others: Sentence[] = linesOf('others.tsv').map((line) => {
  const [label = '', text = ''] = line.split('\t');
  // The library uses `no` for both written forms of Norwegian.
  return { label: label === 'nb' ? 'no' : label, text, keptBack: true };
});
const none: Sentence[] = linesOf('none.txt').map((text) => ({ label: null, text, keptBack: true }));

const detector = eldLanguageDetector();
const before = process.memoryUsage().heapUsed;
const begun = performance.now();
await detector.detect('The first one loads the library.');
console.log(
  `first guess ${Math.round(performance.now() - begun)} ms, ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(0)} MB of heap\n`,
);

async function report(name: string, sentences: readonly Sentence[]): Promise<void> {
  const guesses = await Promise.all(sentences.map(({ text }) => detector.detect(text)));
  const right = guesses.filter((guess, index) => guess !== null && guess === sentences[index]?.label).length;
  const open = guesses.filter((guess) => guess === null).length;
  const wrong = sentences.flatMap(({ label, text }, index) => {
    const guess = guesses[index];
    return guess === null || guess === label ? [] : [`    ${label ?? 'none'} as ${guess}: ${text}`];
  });
  const share = (count: number) => `${((100 * count) / sentences.length).toFixed(1)} %`.padStart(8);
  const counts = `${String(sentences.length).padStart(4)}${share(right)}${share(open)}${share(wrong.length)}`;
  console.log(`${name.padEnd(22)}${counts}`);
  for (const line of wrong) console.log(line);
}

console.log(`${''.padEnd(22)}   n   right    open   wrong`);
for (const language of languages) {
  await report(
    language,
    ten.filter(({ label }) => label === language),
  );
}
await report('ten languages', ten);
await report(
  '  of them, kept back',
  ten.filter(({ keptBack }) => keptBack),
);
await report('other languages', others);
await report('no language', none);

const rounds = performance.now();
for (const { text } of ten) await detector.detect(text);
console.log(`\n${(((performance.now() - rounds) * 1000) / ten.length).toFixed(0)} µs a guess`);
