import type { MicroblogError } from '@microblog/core';
import { allTables } from './index.ts';

const meanings = new Map(allTables.flatMap(({ constraints }) => Object.entries(constraints)));

/** The core error for a broken constraint. Null if no repository call should be able to break it. */
export function constraintError(constraint: string): MicroblogError | null {
  return meanings.get(constraint)?.() ?? null;
}
