import { inspect } from 'node:util';
import { isMicroblogError, type Job, type JobPayload, type JobStatistics } from '@microblog/core';
import type { PostgresStorage } from '../postgres-storage.ts';

/**
 * A job that this process has claimed. The claim ends if the process settles the job, or another process takes it over.
 */
export interface Claim extends Job {
  readonly id: string;
  /**
   * The number of claims of this job so far. A process that lost its job to another has an old number, and its writes
   * change nothing.
   */
  readonly number: number;
  /** The number of failed attempts before this one. */
  readonly attempts: number;
}

/**
 * The jobs of one schema. Each method runs one statement. Times come from the database, so clocks of processes may
 * differ.
 */
export interface JobsTable {
  /** Of jobs with the same name and key that have not begun, only the first is stored. */
  insert(jobs: readonly Job[], options: InsertOptions): Promise<void>;
  /**
   * The names that have waiting jobs, in alphabetical order, with the seconds until the first one is due. 0 or less
   * means now.
   */
  due(names: readonly string[]): Promise<DueJobs[]>;
  /**
   * Claims up to `limit` due jobs of each name, oldest first. Skips rows that another process is claiming, so no job
   * goes to two processes.
   */
  claim(names: readonly string[], limit: number): Promise<Claim[]>;
  /** Records that this process still runs the jobs. */
  touch(claims: readonly Claim[]): Promise<void>;
  /** Deletes a finished job. Returns false if another process holds it. */
  complete(claim: Claim): Promise<boolean>;
  /**
   * Counts a failed attempt. The job waits for one to two times `pauseSeconds`: the random part spreads jobs that
   * failed together. Returns false if another process holds the job.
   */
  retry(claim: Claim, error: unknown, pauseSeconds: number): Promise<boolean>;
  /**
   * Counts a failed attempt and keeps the job for 30 days, for the operator to look at. Returns false if another
   * process holds it.
   */
  giveUp(claim: Claim, error: unknown): Promise<boolean>;
  /** Lets other processes run the jobs now. Does not count an attempt. */
  giveBack(claims: readonly Claim[]): Promise<void>;
  /**
   * Claims jobs whose process has been silent for `seconds`, and jobs that have run for more than an hour. Deletes jobs
   * that were given up 30 days ago.
   */
  lapsed(seconds: number): Promise<Claim[]>;
  statistics(): Promise<JobStatistics>;
}

export interface InsertOptions {
  readonly transaction: Parameters<PostgresStorage['query']>[2];
  readonly key: string | undefined;
  readonly startAt: Date | undefined;
}

export interface DueJobs {
  readonly name: string;
  readonly seconds: number;
}

/** Longer than any job should take. After this time a job counts as hung, and another attempt begins. */
const LONGEST_RUN = "interval '1 hour'";
const KEPT_FAILURES = "interval '30 days'";
const MAX_ERROR_LENGTH = 1_000;

/** Read as text: the host application may have set its own parser for JSON. */
const claimColumns = 'id::text as id, name, payload::text as payload, claims as number, attempts';

type ClaimRow = Omit<Claim, 'payload'> & { readonly payload: string };

export function jobsTable(storage: Pick<PostgresStorage, 'query' | 'run' | 'schema'>): JobsTable {
  const jobs = `"${storage.schema}".jobs`;
  /** Condition: the claims are still valid. */
  const held = `state = 'running' and (id, claims) in (select * from unnest(?::bigint[], ?::integer[]))`;
  const keysOf = (claims: readonly Claim[]) => [
    claims.map(({ id }) => id),
    claims.map(({ number }) => number),
  ];

  async function settle(statement: string, values: readonly unknown[]): Promise<boolean> {
    return (await storage.query(`${statement} returning id`, values)).length > 0;
  }

  async function readClaims(statement: string, values: readonly unknown[]): Promise<Claim[]> {
    const rows = await storage.query<ClaimRow>(statement, values);
    return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as JobPayload }));
  }

  return {
    async insert(newJobs, { transaction, key, startAt }) {
      await storage.run(
        `insert into ${jobs} (name, payload, key, run_at)
         select name, payload::json, $1::text, coalesce($2::timestamptz, now())
           from unnest($3::text[], $4::text[]) with ordinality as job (name, payload, position)
          order by position
             on conflict (name, key) where claims = 0 and key is not null do nothing`,
        [
          key ?? null,
          startAt?.toISOString() ?? null,
          newJobs.map(({ name }) => name),
          newJobs.map(({ payload }) => JSON.stringify(payload)),
        ],
        transaction,
      );
    },

    due: (names) =>
      // One subquery per name reads one index entry, for any number of waiting jobs.
      storage.query(
        `select name, extract(epoch from run_at - now())::float8 as seconds
           from unnest(?::text[]) as wanted (name)
          cross join lateral (
            select min(run_at) as run_at from ${jobs}
             where jobs.name = wanted.name and state = 'waiting') as first
          where run_at is not null order by name collate "C"`,
        [[...names]],
      ),

    claim: (names, limit) =>
      readClaims(
        `with next as materialized (
           select oldest.id from unnest(?::text[]) as wanted (name)
            cross join lateral (
              select id from ${jobs}
               where jobs.name = wanted.name and state = 'waiting' and run_at <= now()
               order by id limit ?::integer
                 for update skip locked) as oldest),
         claimed as (
           update ${jobs} set state = 'running', claims = claims + 1, started_at = now(), heartbeat_at = now()
            where id in (select id from next)
           returning *)
         select ${claimColumns} from claimed order by claimed.id`,
        [[...names], limit],
      ),

    async touch(claims) {
      await storage.query(`update ${jobs} set heartbeat_at = now() where ${held}`, keysOf(claims));
    },

    complete: (claim) => settle(`delete from ${jobs} where ${held}`, keysOf([claim])),

    retry: (claim, error, pauseSeconds) =>
      settle(
        `update ${jobs} set state = 'waiting', attempts = attempts + 1, last_error = ?,
                run_at = now() + ?::float8 * (1 + random()) * interval '1 second',
                started_at = null, heartbeat_at = null
          where ${held}`,
        [textOf(error), pauseSeconds, ...keysOf([claim])],
      ),

    giveUp: (claim, error) =>
      settle(
        `update ${jobs} set state = 'failed', attempts = attempts + 1, last_error = ?, failed_at = now(),
                started_at = null, heartbeat_at = null
          where ${held}`,
        [textOf(error), ...keysOf([claim])],
      ),

    async giveBack(claims) {
      await storage.query(
        `update ${jobs} set state = 'waiting', run_at = now(), started_at = null, heartbeat_at = null
          where ${held}`,
        keysOf(claims),
      );
    },

    lapsed: (seconds) =>
      readClaims(
        `with forgotten as (
           delete from ${jobs} where state = 'failed' and failed_at < now() - ${KEPT_FAILURES})
         select ${claimColumns} from ${jobs}
          where state = 'running'
            and (heartbeat_at <= now() - ?::float8 * interval '1 second' or started_at <= now() - ${LONGEST_RUN})
          order by jobs.id`,
        [seconds],
      ),

    async statistics() {
      // Each subquery has an index of its own, but an exact count still reads one entry per job.
      const [row] = await storage.query<JobStatistics>(
        `select count(*) filter (where run_at <= now())::integer as waiting,
                count(*) filter (where run_at > now())::integer as scheduled,
                (select count(*)::integer from ${jobs} where state = 'running') as running,
                (select count(*)::integer from ${jobs} where state = 'failed') as failed,
                extract(epoch from now() - min(run_at) filter (where run_at <= now()))::float8
                  as "oldestWaitingSeconds"
           from ${jobs} where state = 'waiting'`,
        [],
      );
      if (row === undefined) throw new Error('The database returned no row for a count.');
      return row;
    },
  };
}

function textOf(error: unknown): string {
  const text = isMicroblogError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? `${error.name}: ${error.message}`
      : inspect(error);
  // Postgres can't store a NUL character.
  return text.replaceAll('\0', '').slice(0, MAX_ERROR_LENGTH);
}
