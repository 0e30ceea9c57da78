import { JOB_ATTEMPTS, type Job, type JobStatistics, retryPauseSeconds } from '@microblog/core';
import { jobsSchema } from '../connection/identifier.ts';
import type { PostgresStorage } from '../postgres-storage.ts';

/** A job that this process has taken. `retryCount` tells its attempts apart: the first is 0. */
export interface Claim extends Job {
  readonly id: string;
  readonly retryCount: number;
}

/** What the tables of pg-boss are asked directly, beside its own functions. One statement a call. */
export interface JobTables {
  insert(newJobs: readonly Job[], options: InsertOptions): Promise<void>;
  /** Makes the queues of these names where they are missing. */
  prepare(names: readonly string[]): Promise<void>;
  /** Those of `names` that have jobs waiting, with the seconds until the first could run; 0 or less: now. */
  due(names: readonly string[]): Promise<{ readonly name: string; readonly seconds: number }[]>;
  /** Says that the jobs are still being run. */
  touch(claims: readonly Claim[]): Promise<void>;
  /** Makes this attempt of the job its last. */
  makeLast(claim: Claim): Promise<void>;
  /** Lets others run the jobs at once, as if this attempt had not been. */
  giveBack(claims: readonly Claim[]): Promise<void>;
  /**
   * Jobs whose process has not been heard of for `seconds`, or which have run for longer than any may.
   * Forgets jobs that were given up a month ago.
   */
  lapsed(seconds: number): Promise<Claim[]>;
  statistics(): Promise<JobStatistics>;
}

export interface InsertOptions {
  readonly transaction: Parameters<PostgresStorage['query']>[2];
  readonly key: string | undefined;
  readonly startAt: Date | undefined;
}

/** Longer than any job should take: after this, a job is taken for hung, and another attempt begins. */
const LONGEST_RUN_SECONDS = 60 * 60;
const KEPT_FAILURES = "interval '30 days'";

/**
 * A job is inserted by a statement of our own, since `send` of pg-boss looks for the job's queue on a
 * connection of its own, where a transaction can't be seen and an embedded database has none to spare.
 * Completed jobs are deleted and nothing is scheduled, so that its maintenance has nothing to do here.
 */
export function jobTables(storage: Pick<PostgresStorage, 'query' | 'schema'>): JobTables {
  const schema = jobsSchema(storage.schema);
  const jobs = `${schema}.job_common`;
  /** Every attempt has a number of its own, so that who lost a job to another process changes nothing. */
  const held = `state = 'active' and (id::text || ':' || retry_count) = any(?::text[])`;
  const pairs = (claims: readonly Claim[]) => claims.map(({ id, retryCount }) => `${id}:${retryCount}`);
  const makeQueues = `insert into ${schema}.queue (name, policy, retry_limit, retry_delay, retry_backoff,
      expire_seconds, retention_seconds, deletion_seconds, partition, table_name)
    select name, 'standard', ${JOB_ATTEMPTS - 1}, ${retryPauseSeconds(1)}, true,
      ${LONGEST_RUN_SECONDS}, 1, 0, false, 'job_common'
      from unnest(?::text[]) as name
        on conflict (name) do nothing`;

  return {
    async insert(newJobs, { transaction, key, startAt }) {
      // The index of the policy "short" is what keeps a key unique among jobs that have not begun.
      await storage.query(
        `with made as (${makeQueues})
         insert into ${jobs} (name, data, singleton_key, policy, retry_limit, retry_delay, retry_backoff,
             expire_seconds, deletion_seconds, start_after, created_on, keep_until)
         select name, data::jsonb, ?::text, ?::text, ${JOB_ATTEMPTS - 1}, ${retryPauseSeconds(1)}, true,
             ${LONGEST_RUN_SECONDS}, 0, coalesce(?::timestamptz, now()),
             clock_timestamp() + position * interval '1 microsecond', 'infinity'
           from unnest(?::text[], ?::text[]) with ordinality as job (name, data, position)
             on conflict do nothing`,
        [
          [...new Set(newJobs.map(({ name }) => name))],
          key ?? null,
          key === undefined ? 'standard' : 'short',
          startAt?.toISOString() ?? null,
          newJobs.map(({ name }) => name),
          newJobs.map(({ payload }) => JSON.stringify(payload)),
        ],
        transaction,
      );
    },

    async prepare(names) {
      await storage.query(makeQueues, [[...names]]);
    },

    due: (names) =>
      storage.query(
        `select name, extract(epoch from min(start_after) - now())::float8 as seconds
           from ${jobs} where state < 'active' and not blocked and name = any(?::text[])
          group by name order by name`,
        [[...names]],
      ),

    async touch(claims) {
      await storage.query(`update ${jobs} set heartbeat_on = now() where ${held}`, [pairs(claims)]);
    },

    async makeLast(claim) {
      await storage.query(`update ${jobs} set retry_limit = retry_count where ${held}`, [pairs([claim])]);
    },

    async giveBack(claims) {
      // Without a start, the next claim counts no further attempt.
      await storage.query(
        `update ${jobs} set state = 'retry', started_on = null, heartbeat_on = null, start_after = now()
          where ${held}`,
        [pairs(claims)],
      );
    },

    lapsed: (seconds) =>
      storage.query(
        `with forgotten as (
           delete from ${jobs} where state = 'failed' and completed_on < now() - ${KEPT_FAILURES})
         select id::text as id, name, data as payload, retry_count as "retryCount" from ${jobs}
          where state = 'active' and (heartbeat_on <= now() - ?::float8 * interval '1 second'
             or started_on <= now() - expire_seconds * interval '1 second')`,
        [seconds],
      ),

    async statistics() {
      const [row] = await storage.query<JobStatistics>(
        `select count(*) filter (where waits and start_after <= now())::integer as waiting,
                count(*) filter (where waits and start_after > now())::integer as scheduled,
                count(*) filter (where state = 'active')::integer as running,
                count(*) filter (where state = 'failed')::integer as failed,
                extract(epoch from now() - min(start_after) filter (where waits and start_after <= now()))::float8
                  as "oldestWaitingSeconds"
           from (select state, start_after, state < 'active' as waits from ${jobs}) as counted`,
        [],
      );
      if (row === undefined) throw new Error('The database gave no answer to a count.');
      return row;
    },
  };
}
