import { MicroblogError } from '../kernel/errors.ts';
import type { TranslationLanguages, Translator } from '../ports/translator.ts';

/** How a fake engine behaves. */
export type EngineBehaviour =
  /** Returns the text in brackets, after the target language: `[es Hello]`. Detects `en`. */
  | 'translates'
  /** Does not offer one of the languages. */
  | 'unsupported'
  /** Asks for a pause of seven seconds. */
  | 'busy'
  | 'unreachable'
  /** Accepts the request and never answers. */
  | 'silent'
  /** Refuses the request. */
  | 'refuses'
  /** Returns an invalid answer. */
  | 'nonsense'
  /** Returns an empty text. */
  | 'empty';

/** A translator without an engine. */
export interface FakeTranslator extends Translator {
  /** All requests, in order. */
  readonly asked: readonly (TranslationLanguages & { readonly text: string })[];
  behave(behaviour: EngineBehaviour): void;
  /** Holds answers back until the returned function is called. */
  hold(): () => void;
}

const refusals: Partial<Record<EngineBehaviour, () => MicroblogError>> = {
  unsupported: () => new MicroblogError('translation_unsupported', 'The engine does not know the language.'),
  busy: () =>
    new MicroblogError('translation_busy', 'The engine asks for a pause.', {
      details: { retryAfterSeconds: 7 },
    }),
  unreachable: () => new MicroblogError('translation_unavailable', 'The engine can’t be reached.'),
  silent: () => new MicroblogError('translation_unavailable', 'The engine did not answer in time.'),
  refuses: () => new MicroblogError('translation_failed', 'The engine refuses.'),
  nonsense: () => new MicroblogError('translation_failed', 'The engine’s answer is invalid.'),
  empty: () => new MicroblogError('translation_failed', 'The engine’s answer is empty.'),
};

/** A translator that passes the contract. Tests can set its behaviour. */
export function fakeTranslator(): FakeTranslator {
  const asked: (TranslationLanguages & { text: string })[] = [];
  let behaviour: EngineBehaviour = 'translates';
  let released: Promise<void> = Promise.resolve();
  return {
    enabled: true,
    name: 'Fake',
    asked,
    behave(wanted) {
      behaviour = wanted;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      released = promise;
      return resolve;
    },
    async translate(text, { from, to }) {
      asked.push({ text, from, to });
      await released;
      const refusal = refusals[behaviour]?.();
      if (refusal !== undefined) throw refusal;
      return { text: `[${to} ${text}]`, from: from === null ? 'en' : null };
    },
  };
}
