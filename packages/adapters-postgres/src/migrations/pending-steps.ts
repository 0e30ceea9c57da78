import type { Migration } from './migration.ts';

/** What one pending migration does to a database. */
export interface PendingStep {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * The statements of migrations that a database lacks, in their order. If one replaces another of them, the earlier
 * one has no statements: a new database is not given tables only to lose them.
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
