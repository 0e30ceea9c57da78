import assert from 'node:assert/strict';
import type { Translator } from '../../ports/translator.ts';
import type { EngineBehaviour } from '../fake-translator.ts';
import { rejectsWith } from './contract-case.ts';

/** A translator under test, with an engine whose behaviour the cases set. */
export interface TranslatorUnderTest {
  readonly translator: Translator;
  /** Sets the behaviour of the engine. Default: `translates`. Its languages are at least en, es and pt. */
  behave(behaviour: EngineBehaviour): void;
}

/** Opens a translator for one case. The test runner closes its engine after the case. */
export type OpenTranslator = () => Promise<TranslatorUnderTest>;

/** One behaviour of every translator. The case passes if `run` resolves. It needs no test framework. */
export interface TranslatorContractCase {
  readonly name: string;
  run(open: OpenTranslator): Promise<void>;
}

/** In milliseconds. A translator must give up sooner than proxies in front of the pages do. */
const TIMEOUT_MS = 15_000;

const toSpanish = { from: 'en', to: 'es' };

const refused = (behaviour: EngineBehaviour, code: Parameters<typeof rejectsWith>[1]) =>
  async function refuses({ translator, behave }: TranslatorUnderTest): Promise<void> {
    behave(behaviour);
    const begun = performance.now();
    const error = await rejectsWith(translator.translate('Hello', toSpanish), code);
    assert.ok(performance.now() - begun < TIMEOUT_MS, 'it gave up too late');
    if (code === 'translation_busy') assert.equal(error.details.retryAfterSeconds, 7);
  };

const cases: Readonly<Record<string, (tested: TranslatorUnderTest) => Promise<void>>> = {
  'has a name to show to readers': async ({ translator }) => {
    assert.equal(translator.enabled, true);
    assert.notEqual(translator.name.trim(), '');
  },
  'answers in the wanted language': async ({ translator }) => {
    const { text } = await translator.translate('Hello', toSpanish);
    assert.equal(text, '[es Hello]');
  },
  'returns the detected language if the request has none': async ({ translator }) => {
    assert.deepEqual(await translator.translate('Hello', { from: null, to: 'es' }), {
      text: '[es Hello]',
      from: 'en',
    });
  },
  'accepts languages with a region': async ({ translator }) => {
    const { text } = await translator.translate('Hola', { from: 'es-MX', to: 'en-GB' });
    assert.match(text, /Hola/);
  },
  'returns the whole text unescaped': async ({ translator }) => {
    const text = 'One <b>line</b> & "quotes"\nanother\\ 😀 日本 ❤️ %20 \u202b';
    assert.equal((await translator.translate(text, toSpanish)).text, `[es ${text}]`);
  },
  'accepts a post of 5,000 characters': async ({ translator }) => {
    const text = 'é'.repeat(5_000);
    assert.equal((await translator.translate(text, toSpanish)).text, `[es ${text}]`);
  },
  'returns the right answer to each of many concurrent requests': async ({ translator }) => {
    const numbers = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const answers = await Promise.all(numbers.map((text) => translator.translate(text, toSpanish)));
    assert.deepEqual(
      answers.map(({ text }) => text),
      numbers.map((text) => `[es ${text}]`),
    );
  },
  'reports that a language is not offered': refused('unsupported', 'translation_unsupported'),
  'reports that the engine asks for a pause': refused('busy', 'translation_busy'),
  'reports that the engine can’t be reached': refused('unreachable', 'translation_unavailable'),
  'gives up on an engine that does not answer': refused('silent', 'translation_unavailable'),
  'reports a refusal': refused('refuses', 'translation_failed'),
  'reports an invalid answer as a failure': refused('nonsense', 'translation_failed'),
  'reports an empty text as a failure': refused('empty', 'translation_failed'),
};

/** The behaviours of every `Translator`, one a case. Run them like `storageContract`. */
export const translatorContract: readonly TranslatorContractCase[] = Object.entries(cases).map(
  ([name, run]) => ({ name, run: async (open) => run(await open()) }),
);
