import type { Knex } from 'knex';

// Why: docs/decisions/0012-work-after-a-commit.md
/**
 * Calls `callback` after a lent transaction, and all transactions around it, have been committed. Does not call it if
 * one of them is rolled back. knex resolves the same promise after commit and rollback, so the last statement shows
 * which it was.
 */
export function onceCommitted(lent: Knex.Transaction, callback: () => void): void {
  if (lent.isCompleted()) return;
  let end = '';
  const watch = ({ sql }: { readonly sql: string }) => {
    if (/^(commit|release|rollback)\b/i.test(sql)) end = sql;
  };
  lent.on('query', watch);
  const { parentTransaction } = lent as { parentTransaction?: Knex.Transaction };
  const settled = (committed: boolean) => {
    lent.off('query', watch);
    if (!committed) return;
    if (parentTransaction === undefined) callback();
    else onceCommitted(parentTransaction, callback);
  };
  lent.executionPromise.then(
    () => settled(/^(commit|release)\b/i.test(end)),
    () => settled(false),
  );
}
