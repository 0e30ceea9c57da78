import { MicroblogError } from '../kernel/errors.ts';
import type { TranslationLanguages, Translator } from '../ports/translator.ts';

/** What an engine of tests does when it is asked. */
export type EngineBehaviour =
  /** Answers the text between brackets, with the wanted language in front: `[es Hello]`; what it finds is `en`. */
  | 'translates'
  /** Does not know one of the languages. */
  | 'unsupported'
  /** Wants a pause of seven seconds. */
  | 'busy'
  | 'unreachable'
  /** Takes the request and never answers. */
  | 'silent'
  /** Does not let us in. */
  | 'refuses'
  /** Answers something that is no translation. */
  | 'nonsense'
  /** Answers a text without anything in it. */
  | 'empty';

/** A translator without an engine. */
export interface FakeTranslator extends Translator {
  /** What it was asked, in that order. */
  readonly asked: readonly (TranslationLanguages & { readonly text: string })[];
  behave(behaviour: EngineBehaviour): void;
  /** Holds back its answers until what is returned is called. */
  hold(): () => void;
}

const refusals: Partial<Record<EngineBehaviour, () => MicroblogError>> = {
  unsupported: () => new MicroblogError('translation_unsupported', 'The engine does not know the language.'),
  busy: () =>
    new MicroblogError('translation_busy', 'The engine wants a pause.', {
      details: { retryAfterSeconds: 7 },
    }),
  unreachable: () => new MicroblogError('translation_unavailable', 'The engine can’t be reached.'),
  silent: () => new MicroblogError('translation_unavailable', 'The engine did not answer in time.'),
  refuses: () => new MicroblogError('translation_failed', 'The engine refuses.'),
  nonsense: () => new MicroblogError('translation_failed', 'The engine’s answer makes no sense.'),
  empty: () => new MicroblogError('translation_failed', 'The engine’s answer is empty.'),
};

/** A translator that passes the contract, and behaves as it is told. */
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
