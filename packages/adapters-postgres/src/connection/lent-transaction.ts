import type { Knex } from 'knex';

// Why: docs/decisions/0012-work-after-a-commit.md
/**
 * Calls `act` when the transaction of somebody else, and all those around it, have been committed; never where
 * one of them is undone. knex resolves the same promise for both, so that the last statement before it tells.
 */
export function onceCommitted(lent: Knex.Transaction, act: () => void): void {
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
    if (parentTransaction === undefined) act();
    else onceCommitted(parentTransaction, act);
  };
  lent.executionPromise.then(
    () => settled(/^(commit|release)\b/i.test(end)),
    () => settled(false),
  );
}
