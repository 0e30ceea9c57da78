import { dropJobsTables, jobs } from './0002-jobs.ts';
import { jobsSchemaOf } from './jobs-schema.ts';
import type { Migration } from './migration.ts';

const makeTable = (schema: string) => [
  `create table ${schema}.jobs (
    id bigint generated always as identity,
    name text collate "C" not null,
    payload json not null,
    key text collate "C",
    state text not null default 'waiting',
    run_at timestamptz not null default now(),
    attempts integer not null default 0,
    claims integer not null default 0,
    started_at timestamptz,
    heartbeat_at timestamptz,
    failed_at timestamptz,
    last_error text,
    constraint jobs_pkey primary key (id),
    constraint jobs_state_known check (state in ('waiting', 'running', 'failed')),
    constraint jobs_running_since check (state <> 'running' or (started_at is not null and heartbeat_at is not null))
  )`,
  // One job per name and key that has not begun.
  `create unique index jobs_key on ${schema}.jobs (name, key) where claims = 0 and key is not null`,
  // Finds when the first job of a name is due.
  `create index jobs_by_time on ${schema}.jobs (name, run_at) where state = 'waiting'`,
  // Finds the oldest due job.
  `create index jobs_by_age on ${schema}.jobs (name, id, run_at) where state = 'waiting'`,
  // Finds running jobs, in the order of the query for lapsed jobs. A heartbeat changes no index.
  `create index jobs_running on ${schema}.jobs (id) where state = 'running'`,
  // Finds jobs that were given up long ago.
  `create index jobs_by_failure on ${schema}.jobs (failed_at) where state = 'failed'`,
];

/**
 * pg-boss counts the first attempt as 0 and counts the next one when it begins. A job that was given back has no start
 * and is not counted. A running job keeps its heartbeat, so it lapses like a job of a killed process.
 */
const carryOver = (schema: string) => `insert into ${schema}.jobs
    (name, payload, key, state, run_at, attempts, claims, started_at, heartbeat_at, failed_at, last_error)
  select name, coalesce(data, '{}')::json, case when policy = 'short' then singleton_key end,
      case state when 'active' then 'running' when 'failed' then 'failed' else 'waiting' end,
      start_after,
      case when state = 'failed' or (state = 'retry' and started_on is not null) then retry_count + 1
           else retry_count end,
      case state when 'created' then 0 else retry_count + 1 end,
      case when state = 'active' then coalesce(started_on, now()) end,
      case when state = 'active' then coalesce(heartbeat_on, started_on, now()) end,
      case when state = 'failed' then coalesce(completed_on, now()) end,
      coalesce(output->>'message', output->'value'->>'message', output::text)
    from ${jobsSchemaOf(schema)}.job
   where state in ('created', 'retry', 'active', 'failed')
   order by created_on, id`;

const queuesBack = (schema: string) => `insert into ${jobsSchemaOf(schema)}.queue
    (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds, retention_seconds, deletion_seconds,
     partition, table_name)
  select distinct name, 'standard', 4, 60, true, 3600, 1, 0, false, 'job_common' from ${schema}.jobs`;

/**
 * The payload as `jsonb`, for the table of pg-boss. `jsonb` accepts no NUL character and no half of a surrogate pair;
 * `json` accepts both. Each becomes U+FFFD, the replacement character: the downgrade succeeds, and the job keeps the
 * rest of its payload. `JSON.stringify` wrote the payload, so an escaped surrogate has no other half. `\u005c` is
 * another escape of the backslash: with it, an escaped backslash before `u0000` is not taken for an escaped NUL.
 */
const payloadAsJsonb = String.raw`regexp_replace(
        replace(payload::text, '\\', '\u005c'), '\\u(0000|d[89a-f][0-9a-f]{2})', '\\ufffd', 'g')::jsonb`;

const carryBack = (schema: string) => `insert into ${jobsSchemaOf(schema)}.job
    (name, data, singleton_key, policy, state, start_after, retry_count, started_on, heartbeat_on, completed_on,
     output, created_on, retry_limit, retry_delay, retry_backoff, expire_seconds, deletion_seconds, keep_until)
  select name, ${payloadAsJsonb}, key, case when key is null then 'standard' else 'short' end,
      (case when state = 'running' then 'active' when state = 'failed' then 'failed'
            when claims = 0 then 'created' else 'retry' end)::${jobsSchemaOf(schema)}.job_state,
      run_at,
      case when state = 'running' or attempts = 0 then attempts else attempts - 1 end,
      case when state = 'running' then started_at when attempts > 0 then now() end,
      heartbeat_at, failed_at,
      case when last_error is not null then jsonb_build_object('message', last_error) end,
      now() - (max(id) over () - id + 1) * interval '1 microsecond',
      4, 60, true, 3600, 0, 'infinity'
    from ${schema}.jobs`;

/** One jobs table in the main schema. Copies jobs that wait, pause, run or were given up. */
export const ownJobsTable: Migration = {
  name: '0008_jobs_table',
  up: (schema) => [
    ...makeTable(schema),
    // No job can be enqueued or settled in the old table between the copy and the end.
    `lock table ${jobsSchemaOf(schema)}.job in access exclusive mode`,
    carryOver(schema),
    ...dropJobsTables(jobsSchemaOf(schema)),
    dropSchemaIfEmpty(jobsSchemaOf(schema)),
  ],
  replaces: { name: jobs.name, up: makeTable },
  down: (schema) => [
    `lock table ${schema}.jobs in access exclusive mode`,
    ...jobs.up(schema),
    queuesBack(schema),
    carryBack(schema),
    `drop table ${schema}.jobs`,
  ],
};

/** If the role could not create the schema again, keeps it: `down` needs it. */
const dropSchemaIfEmpty = (schema: string) => `do $$ begin
  if exists (
    select from pg_namespace
     where oid = to_regnamespace('${schema}') and pg_has_role(nspowner, 'USAGE')
       and has_database_privilege(current_database(), 'create')
       and not exists (
         select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = pg_namespace.oid))
  then drop schema ${schema}; end if;
end $$`;
