import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStatements } from '../support/databases.ts';
import { type KeepAliveClient, keepAliveClient } from '../support/keep-alive-client.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { until } from '../support/until.ts';

const CLIENTS = 4;
const WORKERS = '2';
/** Milliseconds for faults that pass at once; longer than this would no longer be "seconds". */
const RECOVERY_MS = 10_000;

describe('on Heroku, with a database that demands TLS and does not verify', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: PostgresServer;
  let variables: Record<string, string>;

  const asAdministrator = (...statements: string[]) => runStatements(server.url, statements, { tls: true });
  const cutConnections = () =>
    asAdministrator("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
  const urlOf = (password: string) => {
    const url = new URL(server.url);
    url.username = 'app';
    url.password = password;
    url.pathname = '/app';
    return url.href;
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startPostgresServer({ demandsTls: true });
    await asAdministrator("create role app login password 'first'", 'create database app owner app');
    variables = {
      HEROKU: '1',
      HOST: '127.0.0.1',
      DATABASE_URL: urlOf('first'),
      SECRET_KEY: 'a key for these tests alone',
      WEB_CONCURRENCY: WORKERS,
    };
    expect(await runMicroblog(['init'], folder.path, variables)).toMatchObject({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
  });

  it.each<[string, (clients: readonly KeepAliveClient[]) => Promise<void>]>([
    ['connections that are cut', cutConnections],
    ['a restart of the database', (clients) => server.restart(() => untilAllMeetErrors(clients))],
  ])('%s, three times under load, cost errors for seconds and no process', async (_, breakIt) => {
    const app = await serveMicroblog(folder.path, variables);
    const clients = Array.from({ length: CLIENTS }, () => keepAliveClient(`${app.url}/explore`));
    await untilWellAgain(clients);
    for (let time = 0; time < 3; time++) {
      await breakIt(clients);
      const start = performance.now();
      await untilWellAgain(clients);
      expect(performance.now() - start).toBeLessThan(RECOVERY_MS);
    }
    await Promise.all(clients.map((client) => client.stop()));
    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    expect(statusesOf(clients).filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(app.output()).not.toContain('a worker process died');
    app.kill('SIGTERM');
    expect(await app.finished).toMatchObject({ code: 0, stderr: '' });
  });

  it('rotated credentials cause error pages until a restart, which uses the new address', async () => {
    const old = await serveMicroblog(folder.path, variables);
    expect((await fetch(`${old.url}/explore`)).status).toBe(200);
    await asAdministrator("alter role app password 'second'");
    await cutConnections();
    const page = await until(async () => {
      const response = await fetch(`${old.url}/explore`);
      return response.status === 503 ? response : null;
    });
    const text = await page.text();
    expect(text).toContain('<!doctype html>');
    for (const secret of ['first', '127.0.0.1']) expect(text).not.toContain(`${secret}:`);
    old.kill('SIGTERM');
    expect(await old.finished).toMatchObject({ code: 0, stderr: '' });
    expect(old.output()).not.toContain('app:first');

    const renewed = { ...variables, DATABASE_URL: urlOf('second') };
    const app = await serveMicroblog(folder.path, renewed);
    expect((await fetch(`${app.url}/explore`)).status).toBe(200);
    app.kill('SIGTERM');
    expect((await app.finished).code).toBe(0);
  });

  it('an address that wants the chain verified is refused, with a remedy', async () => {
    const url = `${variables.DATABASE_URL?.replace('second', 'first')}?sslmode=verify-full`;
    const { code, stderr } = await runMicroblog(['status'], folder.path, { ...variables, DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/certificate .* is not trusted.*sslmode=no-verify/);
  });
});

/** Until each has had ten good answers in a row. */
async function untilWellAgain(clients: readonly KeepAliveClient[]): Promise<void> {
  await Promise.all(
    clients.map(async (client) => {
      const bad = () => client.answered() - (client.statuses.get(200) ?? 0);
      let [badBefore, goodBefore] = [bad(), client.answered()];
      await until(() => {
        if (bad() > badBefore) [badBefore, goodBefore] = [bad(), client.answered()];
        return client.answered() >= goodBefore + 10;
      });
    }),
  );
}

async function untilAllMeetErrors(clients: readonly KeepAliveClient[]): Promise<void> {
  const errors = clients.map(({ statuses }) => statuses.get(503) ?? 0);
  await until(() => clients.every(({ statuses }, index) => (statuses.get(503) ?? 0) > (errors[index] ?? 0)));
}

function statusesOf(clients: readonly KeepAliveClient[]): number[] {
  return [...new Set(clients.flatMap(({ statuses }) => [...statuses.keys()]))];
}
