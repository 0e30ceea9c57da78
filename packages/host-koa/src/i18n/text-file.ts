import { readFileSync } from 'node:fs';
import { isTextTree, type TextTree } from './catalogue.ts';

/** The content of a file of texts, or the reason why it can't be used. */
export interface TextFile {
  /** Null if there is no such file. */
  readonly source: string | null;
  /** Null if the file is missing or invalid. */
  readonly tree: TextTree | null;
  /** Why there is no tree, as a sentence. Null if there is one. */
  readonly fault: string | null;
}

export function readTextFile(path: string): TextFile {
  let source: string | null = null;
  try {
    source = readFileSync(path, 'utf8');
    const tree: unknown = JSON.parse(source);
    if (isTextTree(tree)) return { source, tree, fault: null };
    return { source, tree: null, fault: 'It holds something else than texts under nested keys.' };
  } catch (error) {
    const fault = source === null ? 'It can’t be read.' : `It is no JSON: ${(error as Error).message}.`;
    return { source, tree: null, fault };
  }
}
