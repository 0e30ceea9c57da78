import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

/**
 * The format that Chrome's DevTools read:
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

describe('serve --profile', () => {
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

  it('writes a CPU profile at the end, and prints the routes that took the most time', async () => {
    const directory = join(folder.path, 'new', 'profiles');
    const server = await serveMicroblog(folder.path, { DATABASE_URL: database.url }, [
      '--profile',
      directory,
    ]);
    const member = browserlessMember(server.url);
    const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    expect((await member.submit('/register', registration)).status).toBe(303);
    for (let n = 0; n < 20; n++) await member.get('/explore');
    expect((await member.get('/no-such-page')).status).toBe(404);
    server.kill('SIGTERM');
    const { code, stdout, stderr } = await server.finished;
    expect(code).toBe(0);

    const [header, ...rows] = stderr.trimEnd().split('\n');
    expect(header).toMatch(/^ROUTE +COUNT +P50 ms +P99 ms +TOTAL ms$/);
    const routes = rows.slice(0, -2).map((row) => /^(.+?) +(\d+) +([\d.]+) +([\d.]+) +(\d+)$/.exec(row));
    const counts = new Map(routes.map((row) => [row?.[1], Number(row?.[2])]));
    expect(counts.get('POST /register')).toBe(1);
    // Twenty requests, and one for the form's token.
    expect(counts.get('GET /explore')).toBe(21);
    expect(counts.get('GET (no route)')).toBe(1);
    const totals = routes.map((row) => Number(row?.[5]));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));

    const [file = ''] = await readdir(directory);
    expect(file).toMatch(new RegExp(`^microblog-.+-${server.pid}\\.cpuprofile$`));
    expect(rows.at(-2)).toBe(`CPU profile: ${join(directory, file)}`);
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
    const profile: CpuProfile = JSON.parse(await readFile(join(directory, file), 'utf8'));
    expectWhole(profile);
    expect(profile.nodes.some(({ callFrame }) => callFrame.url.includes('packages/host-koa/dist'))).toBe(
      true,
    );
    // The log still has only JSON lines.
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
  });

  it('refuses a directory that can not be written, before anything starts', async () => {
    await writeFile(join(folder.path, 'file'), '');
    for (const directory of [join(folder.path, 'file'), '/dev/null/profiles', '/proc/profiles']) {
      const { code, stdout, stderr } = await runMicroblog(['serve', '--profile', directory], folder.path, {
        PORT: '0',
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^microblog: Can't write profiles to .+ Name another directory \(--profile\)\.\n$/,
      );
    }
  });
});

/** Every sample names a node, every node except the root is a child of a node, and times only grow. */
function expectWhole({ nodes, samples, timeDeltas, startTime, endTime }: CpuProfile): void {
  const ids = new Set(nodes.map(({ id }) => id));
  expect(nodes[0]?.callFrame.functionName).toBe('(root)');
  const children = nodes.flatMap((node) => node.children ?? []);
  expect(new Set(children)).toEqual(new Set([...ids].filter((id) => id !== nodes[0]?.id)));
  expect(samples.length).toBeGreaterThan(10);
  expect(timeDeltas).toHaveLength(samples.length);
  for (const sample of samples) expect(ids.has(sample)).toBe(true);
  expect(endTime).toBeGreaterThan(startTime);
}
