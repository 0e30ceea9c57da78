import { type Characters, isAsciiWord, isHostCharacter, isUnspaced } from './characters.ts';
import { isKnownEnding } from './endings.ts';

/** RFC 1035, section 2.3.4. */
const MAX_LABEL_LENGTH = 63;
const MAX_HOST_LENGTH = 253;

/** The characters from `start` to before `end`. */
export function textBetween(text: Characters, start: number, end: number): string {
  let result = '';
  for (let index = start; index < end; index++) result += text.at(index);
  return result;
}

/** Where the run of host characters that begins at `start` ends. `_` counts only if `underscores` is set. */
export function endOfHostRun(text: Characters, start: number, { underscores = false } = {}): number {
  let end = start;
  while (isHostCharacter(text, end) || (underscores && text.at(end) === '_')) end++;
  return end;
}

/**
 * The end of the host name of an address with a scheme. Letters that follow a known ending in another script belong to
 * the sentence: `https://example.orgを見て`.
 */
export function endOfHost(text: Characters, start: number): number {
  const run = endOfHostRun(text, start, { underscores: true });
  let labelStart = start;
  for (let index = start; index < run; index++) {
    const character = text.at(index);
    if (character === '.') labelStart = index + 1;
    else if (isUnspaced(character) && isAsciiWord(text.at(index - 1))) {
      if (isKnownEnding(textBetween(text, labelStart, Math.min(index, labelStart + MAX_LABEL_LENGTH))))
        return index;
    }
  }
  let end = run;
  // A final full stop belongs to the name only if more follows.
  if (!/^[/:]$/.test(text.at(end))) while (end > start && /^[.\-_]$/.test(text.at(end - 1))) end--;
  return endOfEnding(text, start, end);
}

/** An ending has one script: of `example.orgиx` only `example.org` is the name. */
function endOfEnding(text: Characters, start: number, end: number): number {
  let labelStart = end;
  while (labelStart > start && text.at(labelStart - 1) !== '.') labelStart--;
  let latin = labelStart;
  while (latin < end && /^[A-Za-z0-9-]$/.test(text.at(latin))) latin++;
  return latin < end && latin - labelStart > 1 && labelStart > start ? latin : end;
}

/** The labels of a host name; null if it can't be one. */
export function labelsOf(host: string): readonly string[] | null {
  if (host.length > MAX_HOST_LENGTH) return null;
  const labels = host.split('.');
  return labels.every((label) => label.length <= MAX_LABEL_LENGTH && /^[^-](.*[^-])?$/u.test(label))
    ? labels
    : null;
}

/** Whether a name with a scheme leads where it seems to lead: a domain, one local name, or four numbers. */
export function isHostName(host: string): boolean {
  const labels = labelsOf(host.replace(/\.$/, ''));
  const ending = labels?.at(-1) ?? '';
  if (labels === null) return false;
  if (/^\d/.test(ending)) {
    return labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) < 256);
  }
  return /\p{L}/u.test(ending) && !ending.includes('_');
}

/**
 * Whether all letters of each label belong to one of Latin, Cyrillic, Greek or the other scripts. Words in two of them
 * are run-together sentences, or made to look like another address.
 */
export function hasOneScript(labels: readonly string[]): boolean {
  return labels.every(
    (label) =>
      [
        /\p{Script=Latin}/u,
        /\p{Script=Cyrillic}/u,
        /\p{Script=Greek}/u,
        /(?!\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek})\p{L}/u,
      ].filter((script) => script.test(label)).length <= 1,
  );
}
