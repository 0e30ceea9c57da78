import { makeJobsTables } from './0002-jobs-tables.sql.ts';
import { jobsSchemaOf } from './jobs-schema.ts';
import type { Migration } from './migration.ts';

const tables = [
  'job_dependency',
  'queue_stats',
  'warning',
  'job',
  'bam',
  'subscription',
  'schedule',
  'queue',
  'version',
];

const functions = [
  'create_queue',
  'delete_queue',
  'job_table_run',
  'job_table_run_async',
  'job_table_format',
];

/** The tables of pg-boss, in a second schema. Migration 0008 replaces them by one table of our own. */
export const jobs: Migration = {
  name: '0002_jobs',
  up(quoted) {
    const schema = jobsSchemaOf(quoted);
    return [
      // A role without the right to create schemas uses one that an administrator created.
      `do $$ begin
        if to_regnamespace('${schema}') is null then create schema ${schema}; end if;
      end $$`,
      ...makeJobsTables(schema),
    ];
  },
  down: (quoted) => [
    ...dropJobsTables(jobsSchemaOf(quoted)),
    `do $$ begin
      if exists (
        select from pg_namespace
         where oid = to_regnamespace('${jobsSchemaOf(quoted)}') and pg_has_role(nspowner, 'USAGE')
           and not exists (
             select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = pg_namespace.oid))
      then drop schema ${jobsSchemaOf(quoted)}; end if;
    end $$`,
  ],
};

/** Statements that drop everything that `makeJobsTables` makes. */
export function dropJobsTables(schema: string): string[] {
  return [
    ...tables.map((table) => `drop table ${schema}.${table} cascade`),
    ...functions.map((name) => `drop function ${schema}.${name}`),
    `drop function ${schema}.job_now`,
    `drop type ${schema}.job_state`,
  ];
}
