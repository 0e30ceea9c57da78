import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, runMicroblog, temporaryFolder } from '../support/microblog-process.ts';

describe('serve in a bad environment ends with 1 and one line with a remedy:', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let taken: Server;
  let port: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = String(typeof address === 'object' ? address?.port : '');
  });
  afterAll(async () => {
    taken.close();
    await folder.remove();
  });

  const serve = (variables: Record<string, string>) =>
    runMicroblog(['serve'], folder.path, { PORT: '0', ...variables });

  const expectOneLine = ({ code, stdout, stderr }: Finished, ...parts: string[]) => {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const part of parts) expect(stderr).toContain(part);
  };

  it('an unreachable database', async () => {
    // Port 1 of the loopback address refuses connections.
    const url = 'postgres://someone:secret-password@127.0.0.1:1/microblog';
    const outcome = await serve({ DATABASE_URL: url });
    expectOneLine(outcome, '127.0.0.1:1', 'DATABASE_URL');
    expect(outcome.stderr).not.toContain('secret-password');
  });

  it('an invalid database address', async () => {
    expectOneLine(await serve({ DATABASE_URL: 'mysql://localhost/x' }), 'DATABASE_URL', 'postgres://');
  });

  it('a taken port', async () => {
    const { code, stderr } = await runMicroblog(['serve'], folder.path, {
      PORT: port,
      LOG_LEVEL: 'silent',
    });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`PORT: ${port} is taken`);
    expect(stderr).toContain(`PORT=${Number(port) + 1}`);
  });

  it('a data directory that is a file', async () => {
    await writeFile(`${folder.path}/file`, '');
    expectOneLine(await serve({ DATA_DIR: `${folder.path}/file` }), `${folder.path}/file`, 'DATA_DIR');
  });

  it('a data directory that cannot be made, not even by root', async () => {
    expectOneLine(await serve({ DATA_DIR: '/dev/null/data' }), '/dev/null/data', 'DATA_DIR');
  });

  it('a data directory that the system reports as missing, however often it is made', async () => {
    expectOneLine(await serve({ DATA_DIR: '/proc/nowhere/data' }), '/proc/nowhere', 'DATA_DIR');
  });

  it('a schema that Postgres keeps for itself', async () => {
    expectOneLine(await serve({ DATABASE_SCHEMA: 'pg_mine' }), 'DATABASE_SCHEMA', 'pg_');
  });

  it('POSTS_PER_PAGE=abc', async () => {
    expectOneLine(
      await serve({ POSTS_PER_PAGE: 'abc' }),
      'POSTS_PER_PAGE',
      'whole number from 1 to 200',
      '"abc"',
    );
  });

  it('several faults at once: a line each', async () => {
    const { code, stderr } = await serve({ POSTS_PER_PAGE: '0', PORT: '99999', SECRET_KEY: 'short' });
    expect(code).toBe(1);
    for (const name of ['POSTS_PER_PAGE', 'PORT', 'SECRET_KEY'])
      expect(stderr).toContain(`\n  ${name}: expected`);
    expect(stderr).not.toContain('short');
  });
});
