import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { browserlessMember } from '../support/member.ts';
import { mainFile, runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { embeddedStorage } from '../support/storages.ts';

const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

describe.each(['embedded database', 'server database'])(
  'backup and restore while the %s is served',
  (kind) => {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let database: TestDatabase | undefined;
    let other: TestDatabase;
    let variables: Record<string, string> = {};
    beforeAll(async () => {
      folder = await initialisedFolder();
      other = await createMigratedDatabase();
      if (kind === 'server database') {
        database = await createMigratedDatabase();
        variables = { DATABASE_URL: database.url };
      }
      expect(await runMicroblog(['demo'], folder.path, variables)).toMatchObject({ code: 0 });
    });
    afterAll(async () => {
      await database?.drop();
      await other.drop();
      await folder.remove();
    });

    const run = (...args: string[]) => runMicroblog(args, folder.path, variables);

    it('holds the content of one moment, while people go on writing', async () => {
      const server = await serveMicroblog(folder.path, variables);
      const member = browserlessMember(server.url);
      expect((await member.submit('/register', registration)).status).toBe(303);
      let written = 0;
      let wanted = true;
      const writing = (async () => {
        while (wanted) {
          expect((await member.submit('/posts', { body: `number ${written + 1}` })).status).toBe(303);
          written++;
        }
      })();
      while (written < 3) await new Promise((resolve) => setImmediate(resolve));
      const before = written;
      const backup = await run('backup', 'first.gz', '--json');
      const after = written;
      wanted = false;
      await writing;
      expect(backup).toMatchObject({ code: 0, stderr: '' });
      const { counts } = JSON.parse(backup.stdout);
      const kept = await bodiesIn(`${folder.path}/first.gz`);
      const ours = kept.filter((body) => body.startsWith('number '));
      expect(counts).toMatchObject({ users: 41, posts: kept.length });
      expect(ours).toEqual(ours.map((_, index) => `number ${index + 1}`));
      expect(ours.length).toBeGreaterThanOrEqual(before);
      expect(ours.length).toBeLessThanOrEqual(after + 1);
      expect((await stat(`${folder.path}/first.gz`)).mode & 0o777).toBe(0o600);

      // Into another database, where every reference is checked.
      const restored = await runMicroblog(['restore', 'first.gz'], folder.path, { DATABASE_URL: other.url });
      expect(restored).toMatchObject({ code: 0, stderr: '' });

      const refused = await run('restore', 'first.gz');
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--replace') });
      expect(await run('restore', 'first.gz', '--replace')).toMatchObject({ code: 2, stdout: '' });
      const replaced = await run('restore', 'first.gz', '--replace', '--yes');
      expect(replaced).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Restored 41 users/),
      });
      const page = await (await member.get('/')).text();
      expect(page).toContain(ours.at(-1));
      expect(page).not.toContain(`number ${ours.length + 1}<`);
      expect((await member.submit('/posts', { body: 'and on it goes' })).status).toBe(303);

      server.kill('SIGTERM');
      expect(await server.finished).toMatchObject({ code: 0, stderr: '' });
      expect(await readdir(`${folder.path}/data`)).not.toContain('control.sock');
      expect((await readdir(folder.path)).sort()).toEqual(['data', 'first.gz']);
    });

    it('passes through pipes, and holds no secret of the site', async () => {
      // Every statement counts as slow then; no log line may get into the archive.
      const secret = { ...variables, SECRET_KEY: 'a secret key of this site', SLOW_QUERY_MS: '1' };
      const piped = spawnSync(
        'sh',
        ['-c', `"$0" "$1" backup - | "$0" "$1" restore - --check --json`, process.execPath, mainFile],
        {
          cwd: folder.path,
          env: { PATH: process.env.PATH, ...secret },
          encoding: 'utf8',
        },
      );
      expect(piped).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse(piped.stdout).counts.users).toBeGreaterThanOrEqual(40);
      const { stdout } = await runMicroblog(['backup', 'second.gz', '--force'], folder.path, secret);
      expect(stdout).toMatch(/^Backed up 4[01] users, /);
      expect(gunzipSync(await readFile(`${folder.path}/second.gz`)).toString()).not.toContain('secret key');
    });

    it('that finds no room leaves nothing behind but one line', async () => {
      const server = await serveMicroblog(folder.path, variables);
      // Files of this process may have 8 blocks of 512 or 1,024 bytes.
      const command = `ulimit -f 8; exec "$0" "$1" backup third.gz`;
      const full = spawnSync('sh', ['-c', command, process.execPath, mainFile], {
        cwd: folder.path,
        env: { PATH: process.env.PATH, ...variables },
        encoding: 'utf8',
      });
      expect(full.status).toBe(1);
      expect(full.stderr).toMatch(/^microblog: Can't write third\.gz: file too large\. Choose .+\n$/);
      expect((await readdir(folder.path)).filter((name) => name.startsWith('third'))).toEqual([]);
      server.kill('SIGTERM');
      expect((await server.finished).code).toBe(0);
    });
  },
);

describe('the control socket of an embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await initialisedFolder();
  });
  afterAll(() => folder.remove());

  it('is for this user only, and replaces one that a killed process left', async () => {
    for (const end of ['SIGKILL', 'SIGTERM'] as const) {
      const server = await serveMicroblog(folder.path);
      const socket = await stat(`${folder.path}/data/control.sock`);
      expect(socket.isSocket()).toBe(true);
      expect(socket.mode & 0o777).toBe(0o600);
      expect(await runMicroblog(['backup', '--force', 'a.gz'], folder.path)).toMatchObject({ code: 0 });
      server.kill(end);
      await server.finished;
      // The database is free, even if a stale lock file lies there.
      expect(await runMicroblog(['backup', '--force', 'a.gz'], folder.path)).toMatchObject({ code: 0 });
    }
  });

  it('is missing if another command holds the database: one line says so', async () => {
    const storage = await embeddedStorage({ directory: `${folder.path}/data/postgres` });
    for (const command of [
      ['backup', 'b.gz'],
      ['restore', 'a.gz'],
    ]) {
      const { code, stdout, stderr } = await runMicroblog(command, folder.path);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^microblog: The process that uses the database in .+ stop it first\.\n$/);
    }
    await storage.close();
  });

  it('needs no database if there is none to back up, and makes none', async () => {
    const empty = await temporaryFolder();
    const { code, stderr } = await runMicroblog(['backup', 'c.gz'], empty.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^microblog: There is no database in .+\n$/);
    expect(await readdir(empty.path)).toEqual([]);
    await empty.remove();
  });
});

async function bodiesIn(file: string): Promise<string[]> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line)).flatMap(({ kind, body }) => (kind === 'posts' ? [body] : []));
}
