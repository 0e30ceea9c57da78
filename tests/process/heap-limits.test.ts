import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

/** New objects have a space of their own, whose size V8 adds to the limit. In megabytes, at most. */
const NEW_OBJECTS = 100;

describe('the heap of a process that serves', () => {
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

  /** The limit that all workers report together, in megabytes. */
  async function limitWith(variables: Readonly<Record<string, string>>): Promise<number> {
    const server = await serveMicroblog(folder.path, { DATABASE_URL: database.url, ...variables });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    server.kill('SIGTERM');
    expect(await server.finished).toMatchObject({ code: 0, stderr: '' });
    return Number(/^nodejs_heap_size_limit_bytes (\S+)$/m.exec(metrics)?.[1]) / 2 ** 20;
  }

  it.each([
    ['is limited by the memory that there is', { MEMORY_AVAILABLE: '512' }, 256],
    ['has a share of it if there are workers', { MEMORY_AVAILABLE: '600', WEB_CONCURRENCY: '2' }, 2 * 150],
    [
      'has the limit of NODE_OPTIONS',
      { NODE_OPTIONS: '--max-old-space-size=700', MEMORY_AVAILABLE: '512' },
      700,
    ],
  ])('%s', async (_name, variables, limit) => {
    const chosen = await limitWith(variables);
    expect(chosen).toBeGreaterThanOrEqual(limit);
    expect(chosen).toBeLessThan(limit + NEW_OBJECTS);
  });
});
