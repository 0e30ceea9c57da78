import { bracketCases } from './bracket-cases.ts';
import { invisibleCases } from './invisible-cases.ts';
import type { MarkedText } from './marked-text.ts';
import { plainCases } from './plain-cases.ts';
import { punctuationCases } from './punctuation-cases.ts';
import { refusedCases } from './refused-cases.ts';
import { scriptCases } from './script-cases.ts';

/** Texts by kind, with the addresses that readers expect to be links. */
export const corpus: Readonly<Record<string, readonly MarkedText[]>> = {
  'with and without a scheme': plainCases,
  'that are refused': refusedCases,
  'in brackets and quotes': bracketCases,
  'in sentences': punctuationCases,
  'in all scripts': scriptCases,
  'beside invisible characters, and with ports': invisibleCases,
};
