import type { Logger } from '@microblog/core';
import { allTables } from '../tables/index.ts';

/** Runs one statement outside a transaction. */
type RunStatement = (sql: string) => PromiseLike<unknown>;

/** After a start, pages come first. */
const FIRST_MS = 60_000;
const INTERVAL_MS = 60 * 60_000;

/** A sample of 3,000 rows. Postgres' default of 30,000 would hold the only connection, and the process, ten times as long. */
const STATISTICS_TARGET = 10;

// Why: docs/decisions/0103-upkeep-of-the-embedded-database.md
/**
 * Does what a server does by itself: removes old versions of rows, marks pages that all can see, counts rows for the
 * planner, and shortens the recovery after a kill. One statement a table, so that others may run in between.
 */
export async function tidy(run: RunStatement, schema: string): Promise<void> {
  await run(`set default_statistics_target = ${STATISTICS_TARGET}`);
  for (const { name } of allTables) await run(`vacuum (analyze) "${schema}".${name}`);
  await run(`vacuum (analyze) "${schema}".jobs`);
  await run('checkpoint');
}

/** Tidies a minute after the start, and every hour. Returns a function that ends it. */
export function tidyRegularly(run: RunStatement, schema: string, logger: Logger): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const tidyIn = (milliseconds: number) => {
    timer = setTimeout(async () => {
      try {
        await tidy(run, schema);
      } catch (error) {
        // Closing may end it.
        if (ended) return;
        logger.warn({ err: error }, 'the embedded database could not be tidied');
      }
      if (!ended) tidyIn(INTERVAL_MS);
    }, milliseconds);
    // Never keeps a process running.
    timer.unref();
  };
  tidyIn(FIRST_MS);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
