import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const WORKERS = 2;
const REQUESTS = 12;

describe('several workers behind one port', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('show the figures of all of them in each scrape, and write a profile each', async () => {
    const variables = { DATABASE_URL: database.url, DATABASE_POOL: '3', WEB_CONCURRENCY: String(WORKERS) };
    const profiles = `${folder.path}/profiles`;
    const server = await serveMicroblog(folder.path, variables, ['--profile', profiles]);
    // A new connection for each, so that they are spread over the workers.
    const ask = async (path: string) =>
      (await fetch(server.url + path, { headers: { Connection: 'close' } })).text();
    for (let n = 0; n < REQUESTS; n++) await ask('/explore');
    const counted = `microblog_http_request_duration_seconds_count{method="GET",route="/explore",status="200"} ${REQUESTS}\n`;
    for (let n = 0; n < 2 * WORKERS; n++) {
      const text = await ask('/metrics');
      expect(text).toContain(counted);
      expect(text).toContain(`microblog_database_pool_limit ${3 * WORKERS}\n`);
      expect(text.match(/^microblog_build_info/gm)).toHaveLength(1);
    }
    server.kill('SIGTERM');
    const { code, stderr } = await server.finished;
    expect(code).toBe(0);
    const files = await readdir(profiles);
    expect(files.filter((file) => file.endsWith('.cpuprofile'))).toHaveLength(WORKERS);
    for (const file of files) expect(stderr).toContain(`CPU profile: ${profiles}/${file}`);
    // However the connections were spread, the sum of all workers counts every request once.
    const counts = [...stderr.matchAll(/^GET \/explore +(\d+) /gm)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(REQUESTS);
  });
});
