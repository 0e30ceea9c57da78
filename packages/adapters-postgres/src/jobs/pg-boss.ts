import type { Job } from '@microblog/core';
import type { PgBoss } from 'pg-boss';
import { jobsSchema } from '../connection/identifier.ts';
import type { PostgresStorage } from '../postgres-storage.ts';
import type { Claim } from './job-tables.ts';

/** The part of pg-boss that takes jobs, one after the other, and settles them. One statement a call. */
export interface Boss {
  /** The oldest job of that name that may run, or null. No other process gets the same one. */
  claim(name: string): Promise<Claim | null>;
  /** The job is done, and gone. False where another process has it by now. */
  complete(claim: Claim): Promise<boolean>;
  /** The job rests before its next attempt, or is given up after the last. False as for `complete`. */
  fail(claim: Claim, error: unknown): Promise<boolean>;
}

/**
 * A pg-boss over the connection of a storage. It is not started, so that it has no timers and no
 * maintenance; when to look for jobs is decided by `runJobs`.
 */
export async function pgBoss(storage: Pick<PostgresStorage, 'query' | 'schema'>): Promise<Boss> {
  const { PgBoss, fromKnex } = await import('pg-boss');
  const db = fromKnex({
    raw: async (sql: string, values: readonly unknown[] = []) => ({ rows: await storage.query(sql, values) }),
  } as unknown as Parameters<typeof fromKnex>[0]);
  const boss: PgBoss = new PgBoss({
    db,
    schema: jobsSchema(storage.schema),
    migrate: false,
    supervise: false,
    schedule: false,
  });
  return {
    async claim(name) {
      const [job] = await boss.fetch<Job['payload']>(name);
      return job === undefined ? null : { id: job.id, name, payload: job.data, retryCount: job.retryCount };
    },
    async complete(claim) {
      return settledAny(await boss.deleteJob(claim.name, claim));
    },
    async fail(claim, error) {
      const reason = error instanceof Error ? error : { message: String(error) };
      return settledAny(await boss.fail(claim.name, claim, reason));
    },
  };
}

/** Its types leave out what it answers: the number of jobs that this attempt still held. */
function settledAny(response: object): boolean {
  return 'affected' in response && Number(response.affected) > 0;
}
