import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { openApplication, operatorServices } from '@microblog/host-koa/composition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../../../tests/support/databases.ts';
import { temporaryFolder } from '../../../tests/support/microblog-process.ts';
import { oidcProvider } from '../../host-koa/tests/support/oidc-provider.ts';
import { authentik, entra } from '../../host-koa/tests/support/provider-quirks.ts';
import { mailServer } from '../../host-koa/tests/support/smtp-server.ts';
import { checkConfiguration } from '../src/doctor/checks/configuration.ts';
import { checkClock } from '../src/doctor/checks/database/clock.ts';
import type { Finding } from '../src/doctor/finding.ts';
import { run } from '../src/run.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = await createDatabase();
  session = await openSession(database.url);
  await microblog({}, 'init');
});

afterAll(async () => {
  await session.end();
  await database.drop();
  await folder.remove();
});

async function microblog(environment: Record<string, string>, ...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end();
  const defaults = { DATABASE_URL: database.url, DATA_DIR: folder.path };
  const code = await run(args, { environment: { ...defaults, ...environment }, stdin, stdout, stderr });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** The findings of `check` and of its parts. */
async function examined(environment: Record<string, string>, check = '') {
  const { code, stdout, stderr } = await microblog(environment, 'doctor', '--json');
  expect(stderr).toBe('');
  expect(stdout).not.toContain(new URL(database.url).password);
  const { ok, findings }: { ok: boolean; findings: Finding[] } = JSON.parse(stdout);
  const failed = findings.some(({ verdict }) => verdict === 'fail');
  expect({ code, ok }).toEqual({ code: failed ? 1 : 0, ok: !failed });
  for (const { verdict, remedy } of findings) expect(remedy === null).toBe(verdict === 'ok');
  return { code, findings: findings.filter((finding) => finding.check.startsWith(check)) };
}

function urlWith(changes: Partial<URL>): string {
  return Object.assign(new URL(database.url), changes).href;
}

describe('microblog doctor', () => {
  it('asks sign-in providers, and shows the address to register there', async () => {
    const BASE_URL = 'https://blog.example.org';
    const provider = await oidcProvider({ redirectUris: [`${BASE_URL}/login/own-id/callback`] });
    const { issuer, clientId, clientSecret } = provider;
    const OIDC_PROVIDERS = JSON.stringify([{ name: 'Own ID', issuer, clientId, clientSecret }]);
    const up = await examined({ BASE_URL, OIDC_PROVIDERS }, 'sign-in');
    expect(up.findings).toMatchObject([
      { verdict: 'ok', message: expect.stringContaining(`${BASE_URL}/login/own-id/callback`) },
    ]);
    await provider.close();
    const down = await examined({ BASE_URL, OIDC_PROVIDERS }, 'sign-in');
    expect(down.findings).toMatchObject([
      {
        verdict: 'fail',
        message: expect.stringMatching(/Own ID .*\(ECONNREFUSED\)/),
        remedy: expect.stringContaining(`${issuer}/.well-known/openid-configuration`),
      },
    ]);
    const shown = await microblog({ BASE_URL, OIDC_PROVIDERS }, 'config');
    expect(shown.stdout).toContain(issuer);
    expect(shown.stdout).not.toContain(clientSecret);
  });

  it.each([
    { what: 'a slash is missing', spell: (issuer: string) => issuer.slice(0, -1), verdict: 'fail' },
    {
      what: 'it is the address of the metadata',
      spell: (issuer: string) => `${issuer}.well-known/openid-configuration`,
      verdict: 'warn',
    },
    { what: 'it is right', spell: (issuer: string) => issuer, verdict: 'ok' },
  ])('names the right spelling of an issuer if $what', async ({ spell, verdict }) => {
    const BASE_URL = 'https://blog.example.org';
    const quirks = authentik;
    const provider = await oidcProvider({ redirectUris: [`${BASE_URL}/login/own-id/callback`], quirks });
    const { clientId, clientSecret } = provider;
    const issuer = spell(provider.issuer);
    const OIDC_PROVIDERS = JSON.stringify([{ name: 'Own ID', issuer, clientId, clientSecret }]);
    const { findings } = await examined({ BASE_URL, OIDC_PROVIDERS }, 'sign-in');
    await provider.close();
    const remedy = verdict === 'ok' ? null : expect.stringContaining(`"issuer": "${provider.issuer}"`);
    expect(findings).toMatchObject([{ verdict, remedy }]);
  });

  it('names the tenant that has to be in the issuer (Microsoft Entra ID)', async () => {
    const BASE_URL = 'https://blog.example.org';
    const quirks = { ...entra, alias: '/contoso.example/v2.0' };
    const provider = await oidcProvider({ redirectUris: [`${BASE_URL}/login/own-id/callback`], quirks });
    const { clientId, clientSecret } = provider;
    const issuer = `http://127.0.0.1:${provider.port}/contoso.example/v2.0`;
    const OIDC_PROVIDERS = JSON.stringify([{ name: 'Own ID', issuer, clientId, clientSecret }]);
    const { findings } = await examined({ BASE_URL, OIDC_PROVIDERS }, 'sign-in');
    await provider.close();
    expect(findings).toMatchObject([
      { verdict: 'fail', remedy: expect.stringContaining(`"issuer": "${provider.issuer}"`) },
    ]);
  });

  it('says by which proxies other services are called, without their passwords', async () => {
    const https_proxy = 'http://user:s3cret@proxy.example.org:3128';
    const { findings } = await examined({ https_proxy, NO_PROXY: 'intern.example.org' }, 'outgoing');
    expect(findings).toEqual([
      {
        ...{ check: 'outgoing', verdict: 'ok', remedy: null },
        message:
          'Calls to other services go by https: through proxy.example.org:3128, except to intern.example.org.',
      },
    ]);
    const shown = await microblog({ HTTPS_PROXY: https_proxy }, 'config');
    expect(shown.stdout).toContain('proxy.example.org');
    expect(shown.stdout).not.toContain('s3cret');
    const wrong = await examined({ HTTPS_PROXY: 'socks5://127.0.0.1:1080' }, 'configuration');
    expect(wrong.findings[0]).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(
        'HTTPS_PROXY: expected an address such as http://proxy.example.org:3128',
      ),
    });
  });

  it('finds no fault in a working site, and lists all checks', async () => {
    const { code, findings } = await examined({});
    expect(code).toBe(0);
    expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'node',
      'assets',
      'configuration',
      'data-directory',
      'data-directory.space',
      'secret-key',
      'proxy',
      'metrics',
      'database',
      'database.latency',
      'database.tls',
      'database.clock',
      'database.connections',
      'database.privileges',
      'database.migrations',
      'search',
      'mail',
      'jobs',
      'jobs.failed',
      'translation',
    ]);
  });

  it('ends with 0 if there are only warnings', async () => {
    const { code, findings } = await examined({ HOST: '0.0.0.0' });
    expect(code).toBe(0);
    expect(findings.filter(({ verdict }) => verdict === 'warn').map(({ check }) => check)).toEqual([
      'proxy',
      'metrics',
    ]);
  });

  it('prints readable text, without colours if there is no terminal', async () => {
    const { code, stdout } = await microblog({ PORT: 'x' }, 'doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Program\n {2}✓ ok {3}Node\.js \S+\n/);
    expect(stdout).toContain(
      '\nConfiguration\n  ✗ fail PORT: expected a whole number from 0 to 65535, got "x".\n         → ',
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 failed, \d+ ok$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('skips the rest if the configuration is unusable', async () => {
    const { findings } = await examined({ HEROKU: '1', DATABASE_URL: '' });
    expect(findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
      'node ok',
      'assets ok',
      'configuration fail',
      'configuration fail',
      'skipped warn',
    ]);
  });

  it('checks the dyno on Heroku, and no directory', async () => {
    const { findings } = await examined({
      HEROKU: '1',
      DYNO: 'run.1',
      NODE_ENV: 'production',
      SECRET_KEY: 'one that is long enough',
      DATABASE_URL: `${database.url}?sslmode=disable`,
    });
    const checks = findings.map(({ check }) => check);
    expect(checks).toContain('heroku.processes');
    expect(checks).not.toContain('data-directory');
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});

describe('microblog doctor on a database', () => {
  it('that cannot be reached: reports why with a remedy, and checks the rest', async () => {
    for (const [url, remedy] of [
      [urlWith({ port: '1' }), 'Start the Postgres server'],
      [urlWith({ password: 'wrong' }), 'Correct user and password'],
      [urlWith({ pathname: '/absent' }), 'createdb'],
    ] as const) {
      const { findings } = await examined({ DATABASE_URL: url }, 'database');
      expect(findings).toMatchObject([
        { check: 'database', verdict: 'fail', remedy: expect.stringContaining(remedy) },
      ]);
      expect((await examined({ DATABASE_URL: url }, 'mail')).findings).toMatchObject([{ verdict: 'ok' }]);
    }
  });

  it('that does not answer: gives up in time', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const address = silent.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const start = performance.now();
    const { findings } = await examined({ DATABASE_URL: urlWith({ port }) }, 'database');
    silent.close();
    expect(findings).toMatchObject([
      { verdict: 'fail', message: expect.stringContaining('does not answer') },
    ]);
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('without migrations: names the command that applies them', async () => {
    const { findings } = await examined({ DATABASE_SCHEMA: 'elsewhere' }, 'database.migrations');
    expect(findings).toMatchObject([{ verdict: 'fail', remedy: 'Run: microblog init' }]);
  });

  it('of a newer version: reports it', async () => {
    await session.query(`insert into microblog.migrations values ('9999_future')`);
    const { findings } = await examined({}, 'database.migrations');
    await session.query(`delete from microblog.migrations where name = '9999_future'`);
    expect(findings).toMatchObject([{ verdict: 'fail', message: expect.stringContaining('9999_future') }]);
  });

  it('with too few connections for all processes: counts them', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await session.query(`alter database ${name} connection limit 30`);
    const check = async (pool: string, processes: string) =>
      (await examined({ DATABASE_POOL: pool, WEB_CONCURRENCY: processes }, 'database.connections'))
        .findings[0];
    expect(await check('10', '1')).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining('of 30'),
    });
    expect(await check('10', '2')).toMatchObject({ verdict: 'warn' });
    expect(await check('10', '4')).toMatchObject({
      verdict: 'fail',
      message: '4 processes × a pool of 10 = 40 connections, but the server admits 30.',
    });
    await session.query(`alter database ${name} connection limit -1`);
  });

  it('whose user lacks rights: names them with the statement that grants them', async () => {
    const role = `doctor_${process.pid}`;
    await session.query(`create role ${role} login password 'secret'`);
    const DATABASE_URL = urlWith({ username: role, password: 'secret' });
    const check = async (schema = 'microblog') =>
      (await examined({ DATABASE_URL, DATABASE_SCHEMA: schema }, 'database.privileges')).findings[0];
    expect(await check('elsewhere')).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringContaining(`create schema "elsewhere" authorization "${role}"`),
    });
    expect(await check()).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('grant usage') });
    await session.query(`grant usage on schema microblog to ${role}`);
    await session.query(`grant select on all tables in schema microblog to ${role}`);
    expect(await check()).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('posts'),
      remedy: expect.stringContaining('grant select, insert, update, delete'),
    });
    await session.query(`grant select, insert, update, delete on all tables in schema microblog to ${role}`);
    expect(await check()).toMatchObject({ verdict: 'ok' });
    await session.query(`drop owned by ${role}; drop role ${role}`);
  });

  it('whose clock is wrong: reports by how much', async () => {
    const { config } = checkConfiguration({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
    if (config === null) throw new Error('no configuration');
    await using application = await openApplication(config);
    const reached = { diagnosis: operatorServices(application).diagnosis.database, config };
    expect(await checkClock(reached)).toMatchObject({ verdict: 'ok' });
    expect(await checkClock(reached, () => Date.now() - 10_000)).toMatchObject({
      verdict: 'warn',
      message: expect.stringMatching(/10\.\d s ahead/),
    });
    expect(await checkClock(reached, () => Date.now() + 120_000)).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/1[12]\d\.\d s behind/),
      remedy: expect.stringContaining('timedatectl'),
    });
  });
});

describe('microblog doctor on a mail server', () => {
  it('that accepts the program, refuses it, and is missing', async () => {
    const accounts: Parameters<typeof mailServer>[0] = {
      onAuth({ username, password }, _session, done) {
        if (username === 'blog' && password === 'right-password') done(null, { user: 'blog' });
        else done(new Error('No.'));
      },
    };
    let port: string;
    const check = async (password: string) =>
      (
        await examined(
          {
            MAIL_SERVER: '127.0.0.1',
            MAIL_PORT: port,
            MAIL_USERNAME: 'blog',
            MAIL_PASSWORD: password,
            BASE_URL: 'https://blog.example.org',
            ADMINS: 'ada@example.org',
          },
          'mail',
        )
      ).findings;
    {
      await using server = await mailServer(accounts);
      port = String(server.port);
      expect((await check('right-password')).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
      const [refused] = await check('wrong-password');
      expect(refused).toMatchObject({ check: 'mail', verdict: 'fail' });
      expect(JSON.stringify(refused)).not.toContain('wrong-password');
      expect(server.received).toEqual([]);
    }
    expect((await check('right-password'))[0]).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });
});

describe('microblog doctor on an embedded database', () => {
  it('that does not exist yet: creates none', async () => {
    const { findings } = await examined({ DATABASE_URL: '', DATA_DIR: `${folder.path}/none` }, 'database');
    expect(findings).toMatchObject([{ verdict: 'ok', message: expect.stringContaining('first start') }]);
    const again = await examined({ DATABASE_URL: '', DATA_DIR: `${folder.path}/none` }, 'data-directory');
    expect(again.findings[0]?.message).toContain('is made at the first start');
  });

  it('that is in use: reports by which process, and checks the rest; examines it when it is free', async () => {
    const DATA_DIR = `${folder.path}/embedded`;
    const { config } = checkConfiguration({ DATA_DIR, LOG_LEVEL: 'silent' });
    if (config === null) throw new Error('no configuration');
    const holder = await openApplication(config);
    const locked = await examined({ DATABASE_URL: '', DATA_DIR });
    expect(locked.code).toBe(0);
    expect(locked.findings.find(({ check }) => check === 'database')).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining(`in use by this process (${process.pid})`),
    });
    expect(locked.findings.map(({ check }) => check)).toContain('mail');
    await holder.close();
    const free = await examined({ DATABASE_URL: '', DATA_DIR }, 'database');
    expect(free.findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
      'database ok',
      'database.latency ok',
      'database.migrations ok',
    ]);
  });
});
