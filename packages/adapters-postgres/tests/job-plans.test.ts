import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage, type Statement } from '../src/index.ts';
import { type JobsTable, jobsTable } from '../src/jobs/jobs-table.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

const WAITING = 20_000;

let database: TestDatabase;
let storage: PostgresStorage;
let jobs: JobsTable;
const statements: Statement[] = [];

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({
    connectionString: database.url,
    onStatement: (statement) => statements.push(statement),
  });
  await migrate(storage);
  jobs = jobsTable(storage);
  await storage.query(
    `insert into microblog.jobs (name, payload, state, claims, started_at, heartbeat_at, failed_at)
     select 'test.run', json_build_object('text', repeat('x', 200)), state, claims, began, began, failed
       from (values ('waiting', ?::integer, 0, null::timestamptz, null::timestamptz),
                    ('running', 10, 1, now(), null),
                    ('failed', 10, 1, null, now())) as kinds (state, number, claims, began, failed)
      cross join lateral generate_series(1, number)`,
    [WAITING],
  );
  await storage.knex.raw('vacuum analyze microblog.jobs');
});

afterAll(async () => {
  await storage.close();
  await database.drop();
});

/** The plan of the one statement that `call` runs. */
async function planOf(call: () => Promise<unknown>): Promise<string> {
  statements.length = 0;
  await call();
  const [statement] = statements;
  if (statement === undefined) return expect.fail('The call ran no statement.');
  const rows = await storage.query<Record<string, string>>(
    `explain ${statement.sql.replace(/\$\d+/g, '?')}`,
    statement.bindings(),
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe(`with ${WAITING} waiting jobs`, () => {
  it('lapsed jobs are found without reading those that wait', async () => {
    const plan = await planOf(() => jobs.lapsed(30));
    expect(plan).toMatch(/Scan.* using jobs_running/);
    expect(plan).toMatch(/Scan.* (using|on) jobs_by_failure/);
    expect(plan).not.toMatch(/Seq Scan on jobs/);
  });

  it('the counts of running and failed jobs do not read those that wait', async () => {
    const plan = await planOf(() => jobs.statistics());
    expect(plan).toMatch(/Scan.* using jobs_running/);
    expect(plan).toMatch(/Scan.* using jobs_by_failure/);
  });
});
