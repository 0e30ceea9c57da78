import { isMicroblogError, type Translator } from '@microblog/core';
import { type Finding, failure, ok, warn } from '../finding.ts';

const REMEDY = 'Check TRANSLATOR_URL, TRANSLATOR_KEY and TRANSLATOR_REGION (docs/translation.md).';

/**
 * Whether posts can be translated into each language of the site. Translates a greeting, which costs a few characters.
 */
export async function checkTranslator(
  translator: Translator,
  languages: readonly string[],
): Promise<Finding[]> {
  if (!translator.enabled) return [ok('translation', 'Posts are not translated: TRANSLATOR is not set.')];
  const findings = await Promise.all(languages.map((language) => checkLanguage(translator, language)));
  const [first, ...others] = findings.filter(({ verdict }) => verdict !== 'ok');
  if (first === undefined) {
    return [ok('translation', `${translator.name} translates into ${languages.join(', ')}.`)];
  }
  // Report a fault of the engine itself only once.
  return first.verdict === 'fail' ? [first] : [first, ...others];
}

async function checkLanguage(translator: Translator, to: string): Promise<Finding> {
  const isEnglish = /^en\b/i.test(to);
  try {
    await translator.translate(isEnglish ? 'Hola' : 'Hello', { from: isEnglish ? 'es' : 'en', to });
    return ok('translation', `${translator.name} translates into ${to}.`);
  } catch (error) {
    if (!isMicroblogError(error, 'translation_unsupported')) return failure('translation', error, REMEDY);
    return warn(
      'translation',
      `${translator.name} does not translate into ${to}.`,
      'Install that language there, or leave it out of LANGUAGES.',
    );
  }
}
