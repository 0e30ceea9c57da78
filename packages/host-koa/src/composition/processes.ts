import type { Environment } from './environment.ts';

/** Connections that Heroku's small plans allow; https://devcenter.heroku.com/articles/heroku-postgres-plans */
const PLAN_CONNECTIONS = 20;

/**
 * One process's share of a small plan's connections, from 2 to 10. With one process, half of the plan is left for
 * others: a worker dyno, commands, and the dynos of the next release, which start before the old ones stop.
 */
export function poolShare(processes: number): number {
  return Math.max(2, Math.min(10, Math.floor(PLAN_CONNECTIONS / processes)));
}

/** The fault of configuring several processes with an embedded database, which only one process can open. */
export function tooManyForEmbedded({ DATABASE_URL, WEB_CONCURRENCY }: Environment): string[] {
  if (DATABASE_URL !== undefined || WEB_CONCURRENCY === 1) return [];
  return [
    `WEB_CONCURRENCY: the embedded database serves one process, not ${WEB_CONCURRENCY}; set WEB_CONCURRENCY=1, or DATABASE_URL to a Postgres server`,
  ];
}
