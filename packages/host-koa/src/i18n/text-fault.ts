/** The kinds of faults of texts. */
export type TextFaultKind =
  /** The file is missing, invalid JSON, or holds something other than texts. */
  | 'unreadable'
  /** A file or folder that nothing reads. */
  | 'unexpected'
  /** The model has the text, but this language lacks it. */
  | 'missing'
  /** The model has no such text. */
  | 'unknown'
  | 'empty'
  /** White space around the text. */
  | 'padded'
  | 'plural_missing'
  /** A plural form that the language does not have. */
  | 'plural_unknown'
  /** The text has other variables than the text of the model. */
  | 'variables';

/** One fault of a catalogue, written for the person who corrects it. */
export interface TextFault<Kind extends string = TextFaultKind> {
  readonly kind: Kind;
  /** Where: a path, or `language/catalogue`. */
  readonly file: string;
  /** The dotted key, with its plural form. Null if the fault is about the whole file. */
  readonly key: string | null;
  /** What is wrong, as a sentence. */
  readonly problem: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}
