import type { Migration } from './migration.ts';

/** The statements of one pending migration. */
export interface PendingStep {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * The statements of the migrations that a database lacks, in order. If one of them replaces another, the replaced one
 * has no statements. So a new database does not get tables that are dropped again at once.
 */
export function pendingSteps(pending: readonly Migration[], schema: string): PendingStep[] {
  const names = new Set(pending.map(({ name }) => name));
  const replaced = new Set(pending.map(({ replaces }) => replaces?.name));
  return pending.map((migration) => {
    const { name, replaces } = migration;
    if (replaced.has(name)) return { name, statements: [] };
    const { up } = replaces !== undefined && names.has(replaces.name) ? replaces : migration;
    return { name, statements: up(schema) };
  });
}
