import { readFileSync } from 'node:fs';
import { isTextTree, type TextTree } from './catalogue.ts';

/** What a file of texts holds, or why it can't be used. */
export interface TextFile {
  /** Null where there is no such file. */
  readonly source: string | null;
  /** Null where the file is not there, or holds something else than texts. */
  readonly tree: TextTree | null;
  /** Why there is no tree, as a sentence. */
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
