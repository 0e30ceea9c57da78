import type { TextTree } from './catalogue.ts';
import type { TextFault, TextFaultKind } from './text-fault.ts';
import { isOfOneNumber, keysOf, pluralForms, textsOf, variablesOf, withoutForm } from './text-keys.ts';

interface Compared {
  readonly file: string;
  readonly language: string;
  readonly tree: TextTree;
  /** The same catalogue in the language that texts are written in first. */
  readonly model: TextTree;
  /** What the language offers below these texts: own texts over a catalogue of ours need not be all of it. */
  readonly below?: TextTree | undefined;
  /** Whether a text may leave out what the English one fills in. Default: false. */
  readonly mayLeaveOut?: boolean;
}

/** Compares a catalogue with its model: first what is missing, in the order of the model, then what is wrong. */
export function catalogueFaults(compared: Compared): TextFault[] {
  const { file, language, tree, model, below = {}, mayLeaveOut = false } = compared;
  const texts = textsOf(tree);
  const english = textsOf(model);
  const keys = keysOf(english);
  const offered = new Set([...textsOf(below).keys(), ...texts.keys()]);
  const forms = pluralForms(language);
  const faults: TextFault[] = [];
  const tell = (kind: TextFaultKind, key: string, problem: string, remedy: string) =>
    faults.push({ kind, file, key, problem, remedy });

  for (const [key, { counts }] of keys) {
    const sample = english.get(counts ? `${key}_other` : key) ?? '';
    if (!counts && !offered.has(key)) {
      tell('missing', key, 'The text is missing.', `Add it; the text to translate is “${sample}”.`);
    }
    if (!counts) continue;
    const absent = forms.map((form) => `${key}_${form}`).filter((name) => !offered.has(name));
    if (absent.length === forms.length) {
      tell(
        'missing',
        key,
        'The text is missing.',
        `Add ${absent.join(', ')}; the text to translate is “${sample}”.`,
      );
      continue;
    }
    for (const name of absent) {
      tell('plural_missing', name, `${language} has this plural form.`, 'Add it beside the others.');
    }
  }

  for (const [name, text] of texts) {
    const key = keys.has(name) ? name : withoutForm(name);
    const known = keys.get(key);
    if (known === undefined || (key !== name && !known.counts)) {
      tell('unknown', name, 'There is no such text.', 'Correct the key, or take it out.');
      continue;
    }
    const form = name.slice(key.length + 1);
    if (known.counts && !(forms as string[]).includes(form)) {
      const problem = `${language} has no plural form “${form}”, but ${forms.join(', ')}.`;
      tell('plural_unknown', name, problem, 'Take it out.');
      continue;
    }
    if (text.trim() === '') {
      const sample = english.get(name) || english.get(`${key}_other`);
      const remedy = sample ? `Translate “${sample}”.` : 'Write it.';
      tell('empty', name, 'The text is empty.', remedy);
      continue;
    }
    if (text !== text.trim()) tell('padded', name, 'There is white space around the text.', 'Take it away.');

    const wanted = variablesOf(english.get(known.counts ? `${key}_other` : key) ?? '');
    const found = variablesOf(text);
    const spare = found.filter((variable) => !wanted.includes(variable));
    const lacking = wanted.filter(
      (variable) =>
        !mayLeaveOut &&
        !found.includes(variable) &&
        !(known.counts && variable === 'count' && isOfOneNumber(language, form)),
    );
    if (spare.length + lacking.length > 0) {
      const parts = [
        lacking.length > 0 ? `${lacking.map(written).join(', ')} is not filled in` : '',
        spare.length > 0 ? `nothing is filled in for ${spare.map(written).join(', ')}` : '',
      ];
      const problem = parts.filter((part) => part !== '').join('; ');
      const remedy =
        wanted.length > 0 ? `Fill in ${wanted.map(written).join(', ')}.` : 'Nothing is filled in here.';
      tell('variables', name, `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`, remedy);
    }
  }
  return faults;
}

function written(variable: string): string {
  return variable.startsWith('{') ? variable : `{{${variable}}}`;
}
