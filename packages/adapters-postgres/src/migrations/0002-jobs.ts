import { jobsSchema } from '../connection/identifier.ts';
import type { Migration } from './migration.ts';
import { sqlStatements } from './sql-statements.ts';

/**
 * The version of the tables that the pg-boss in use makes and expects; a test compares the two. A release of
 * pg-boss with another one takes a new migration, of `getMigrationPlans(schema, 43)`, run only where
 * `version` still says 43: databases that are made after that have its tables from this one.
 */
export const PG_BOSS_TABLES = 43;

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

/** Its script brings a transaction and a lock of its own; migrations have both. */
const theirTransaction = /^(begin|commit|set local|select pg_advisory_xact_lock)\b/i;

/** The tables of pg-boss, in a schema of their own. All of it is made here: running jobs needs no right to make things. */
export const jobs: Migration = {
  name: '0002_jobs',
  async up(quoted) {
    const schema = jobsSchema(quoted.slice(1, -1));
    // Not before it is needed: it takes a while to load.
    const { getConstructionPlans } = await import('pg-boss');
    const script = getConstructionPlans(schema, { createSchema: false });
    return [
      // Without the right to make schemas, one that is there will do.
      `do $$ begin
        if to_regnamespace('${schema}') is null then create schema ${schema}; end if;
      end $$`,
      ...sqlStatements(script).filter((statement) => !theirTransaction.test(statement)),
    ];
  },
  down(quoted) {
    const schema = jobsSchema(quoted.slice(1, -1));
    return [
      ...tables.map((table) => `drop table ${schema}.${table} cascade`),
      ...functions.map((name) => `drop function ${schema}.${name}`),
      `drop function ${schema}.job_now`,
      `drop type ${schema}.job_state`,
      `do $$ begin
        if exists (
          select from pg_namespace
           where oid = to_regnamespace('${schema}') and pg_has_role(nspowner, 'USAGE')
             and not exists (
               select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = pg_namespace.oid))
        then drop schema ${schema}; end if;
      end $$`,
    ];
  },
};
