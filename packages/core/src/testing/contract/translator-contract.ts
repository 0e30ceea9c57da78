import assert from 'node:assert/strict';
import type { Translator } from '../../ports/translator.ts';
import type { EngineBehaviour } from '../fake-translator.ts';
import { rejectsWith } from './contract-case.ts';

/** A translator that is proved, with an engine behind it that does as it is told. */
export interface TranslatorUnderTest {
  readonly translator: Translator;
  /** What the engine does from now on; `translates` until told. Its languages are at least en, es and pt. */
  behave(behaviour: EngineBehaviour): void;
}

/** Opens a translator for one case. Whoever runs the case closes its engine afterwards. */
export type OpenTranslator = () => Promise<TranslatorUnderTest>;

/** One behaviour that every translator has. It passes when `run` resolves; it needs no test framework. */
export interface TranslatorContractCase {
  readonly name: string;
  run(open: OpenTranslator): Promise<void>;
}

/** Milliseconds within which a translator gives up, below what proxies in front of the pages wait. */
const PATIENCE_MS = 15_000;

const toSpanish = { from: 'en', to: 'es' };

const refused = (behaviour: EngineBehaviour, code: Parameters<typeof rejectsWith>[1]) =>
  async function refuses({ translator, behave }: TranslatorUnderTest): Promise<void> {
    behave(behaviour);
    const begun = performance.now();
    const error = await rejectsWith(translator.translate('Hello', toSpanish), code);
    assert.ok(performance.now() - begun < PATIENCE_MS, 'it gave up too late');
    if (code === 'translation_busy') assert.equal(error.details.retryAfterSeconds, 7);
  };

const cases: Readonly<Record<string, (tested: TranslatorUnderTest) => Promise<void>>> = {
  'has a name for its readers': async ({ translator }) => {
    assert.equal(translator.enabled, true);
    assert.notEqual(translator.name.trim(), '');
  },
  'answers in the wanted language': async ({ translator }) => {
    const { text } = await translator.translate('Hello', toSpanish);
    assert.equal(text, '[es Hello]');
  },
  'says which language it found where it was told none': async ({ translator }) => {
    assert.deepEqual(await translator.translate('Hello', { from: null, to: 'es' }), {
      text: '[es Hello]',
      from: 'en',
    });
  },
  'knows the language of a region': async ({ translator }) => {
    const { text } = await translator.translate('Hola', { from: 'es-MX', to: 'en-GB' });
    assert.match(text, /Hola/);
  },
  'keeps text plain and whole': async ({ translator }) => {
    const text = 'One <b>line</b> & "quotes"\nanother\\ 😀 日本 ❤️ %20 \u202b';
    assert.equal((await translator.translate(text, toSpanish)).text, `[es ${text}]`);
  },
  'takes a post of 5,000 characters': async ({ translator }) => {
    const text = 'é'.repeat(5_000);
    assert.equal((await translator.translate(text, toSpanish)).text, `[es ${text}]`);
  },
  'gives each of many at once its own answer': async ({ translator }) => {
    const numbers = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const answers = await Promise.all(numbers.map((text) => translator.translate(text, toSpanish)));
    assert.deepEqual(
      answers.map(({ text }) => text),
      numbers.map((text) => `[es ${text}]`),
    );
  },
  'says that a language is not offered': refused('unsupported', 'translation_unsupported'),
  'passes on that the engine wants a pause': refused('busy', 'translation_busy'),
  'says that the engine can’t be reached': refused('unreachable', 'translation_unavailable'),
  'does not wait for ever': refused('silent', 'translation_unavailable'),
  'says that it was refused': refused('refuses', 'translation_failed'),
  'takes nonsense for a failure': refused('nonsense', 'translation_failed'),
  'takes an empty text for a failure': refused('empty', 'translation_failed'),
};

/** What every `Translator` does, one behaviour a case, as in `storageContract`. */
export const translatorContract: readonly TranslatorContractCase[] = Object.entries(cases).map(
  ([name, run]) => ({ name, run: async (open) => run(await open()) }),
);
