import type { TextTree } from './catalogue.ts';
import type { TextFault, TextFaultKind } from './text-fault.ts';
import { isOfOneNumber, keysOf, pluralForms, textsOf, variablesOf, withoutForm } from './text-keys.ts';

interface Compared {
  readonly file: string;
  readonly language: string;
  readonly tree: TextTree;
  /** The same catalogue in the language that texts are first written in. */
  readonly model: TextTree;
  /** The texts that this language already has under the compared ones: a host's own texts need not be complete. */
  readonly below?: TextTree | undefined;
  /** True if a text may leave out variables of the model. Default: false. */
  readonly mayLeaveOut?: boolean;
}

type Found = Omit<TextFault, 'file'>;

/** The texts that every text is compared with. */
interface Model {
  readonly texts: ReadonlyMap<string, string>;
  readonly keys: ReturnType<typeof keysOf>;
  /** The plural forms of the compared language, not of the model's. */
  readonly forms: readonly string[];
}

/** Compares a catalogue with its model: first what is missing, in the order of the model, then what is wrong. */
export function catalogueFaults(compared: Compared): TextFault[] {
  const texts = textsOf(compared.tree);
  const models = textsOf(compared.model);
  const model = { texts: models, keys: keysOf(models), forms: pluralForms(compared.language) };
  const found = [
    ...absentTexts(compared, model, texts),
    ...[...texts].flatMap(([name, text]) => faultsOfText(compared, model, { name, text })),
  ];
  return found.map((fault) => ({ ...fault, file: compared.file }));
}

function absentTexts(
  { language, below = {} }: Compared,
  { texts: models, keys, forms }: Model,
  texts: ReadonlyMap<string, string>,
): Found[] {
  const offered = new Set([...textsOf(below).keys(), ...texts.keys()]);
  return [...keys].flatMap(([key, { counts }]) => {
    const names = counts ? forms.map((form) => `${key}_${form}`) : [key];
    const absent = names.filter((name) => !offered.has(name));
    if (absent.length < names.length) {
      const problem = `${language} has this plural form.`;
      return absent.map((name) => fault('plural_missing', name, problem, 'Add it beside the others.'));
    }
    const sample = models.get(counts ? `${key}_other` : key) ?? '';
    const what = counts ? absent.join(', ') : 'it';
    const remedy = `Add ${what}; the text to translate is “${sample}”.`;
    return [fault('missing', key, 'The text is missing.', remedy)];
  });
}

function faultsOfText(
  compared: Compared,
  { texts: models, keys, forms }: Model,
  { name, text }: { readonly name: string; readonly text: string },
): Found[] {
  const key = keys.has(name) ? name : withoutForm(name);
  const { counts } = keys.get(key) ?? { counts: false };
  if (!keys.has(key) || (key !== name && !counts)) {
    return [fault('unknown', name, 'There is no such text.', 'Correct the key, or take it out.')];
  }
  const form = name.slice(key.length + 1);
  if (counts && !forms.includes(form)) {
    const problem = `${compared.language} has no plural form “${form}”, but ${forms.join(', ')}.`;
    return [fault('plural_unknown', name, problem, 'Remove it.')];
  }
  const sample = models.get(counts ? `${key}_other` : key) ?? '';
  if (text.trim() === '') {
    const remedy = sample === '' ? 'Write it.' : `Translate “${sample}”.`;
    return [fault('empty', name, 'The text is empty.', remedy)];
  }
  const padded = fault('padded', name, 'There is white space around the text.', 'Remove it.');
  return [
    ...(text === text.trim() ? [] : [padded]),
    ...variableFaults(compared, { name, text, sample, form: counts ? form : null }),
  ];
}

interface TextOfForm {
  readonly name: string;
  readonly text: string;
  readonly sample: string;
  /** Null if the text has no plural forms. */
  readonly form: string | null;
}

function variableFaults(
  { language, mayLeaveOut = false }: Compared,
  { name, text, sample, form }: TextOfForm,
): Found[] {
  const [wanted, given] = [variablesOf(sample), variablesOf(text)];
  const spelled = form !== null && isOfOneNumber(language, form) ? ['count'] : [];
  const spare = given.filter((variable) => !wanted.includes(variable));
  const lacking = mayLeaveOut ? [] : wanted.filter((variable) => ![...given, ...spelled].includes(variable));
  const problems = [
    ...(lacking.length > 0 ? [`Left out: ${written(lacking)}.`] : []),
    ...(spare.length > 0 ? [`Nothing is filled in for ${written(spare)}.`] : []),
  ];
  const remedy = wanted.length === 0 ? 'Nothing is filled in here.' : `Fill in ${written(wanted)}.`;
  return problems.length === 0 ? [] : [fault('variables', name, problems.join(' '), remedy)];
}

function written(variables: readonly string[]): string {
  return variables.map((name) => (name.startsWith('{') ? name : `{{${name}}}`)).join(', ');
}

function fault(kind: TextFaultKind, key: string, problem: string, remedy: string): Found {
  return { kind, key, problem, remedy };
}
