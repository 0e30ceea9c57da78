import { describe, expect, it } from 'vitest';
import { refusedConfiguration } from '../../tests/support/refused-configuration.ts';
import { loadConfig } from './config.ts';

const KEY = 'a secret key of some length';
const SERVER = 'postgres://user:pass-word@db.example.org:5432/app';
const onHeroku = { HEROKU: '1', DATABASE_URL: SERVER, SECRET_KEY: KEY };

describe('loadConfig on Heroku', () => {
  it.each([{ HEROKU: '1' }, { HEROKU: 'true' }, { DYNO: 'web.1' }])('is selected by %j', (variables) => {
    const config = loadConfig({ ...variables, DATABASE_URL: SERVER, SECRET_KEY: KEY });
    expect(config.profile).toBe('heroku');
    expect(config.server).toEqual({
      host: '0.0.0.0',
      port: 5000,
      trustProxy: true,
      maxConcurrentRequests: 64,
      workers: 1,
    });
  });

  it('lets variables override the profile', () => {
    const config = loadConfig({ ...onHeroku, HOST: '127.0.0.1', TRUST_PROXY: '0' });
    expect(config.server).toMatchObject({ host: '127.0.0.1', trustProxy: false });
  });

  it('is not selected by HEROKU=0', () => {
    expect(loadConfig({ HEROKU: '0' }).profile).toBe('vps');
  });

  it('names missing variables, each with the command that sets it', () => {
    expect(refusedConfiguration({ HEROKU: '1' }).faults).toEqual([
      'DATABASE_URL: required on Heroku; add a database: heroku addons:create heroku-postgresql',
      'SECRET_KEY: required on Heroku; set one: heroku config:set SECRET_KEY="$(openssl rand -base64 32)"',
    ]);
  });
});

describe('the port on Heroku', () => {
  it('is required only of processes that listen', () => {
    expect(() => loadConfig(onHeroku, { listens: true })).toThrow(/PORT: required on Heroku/);
    expect(loadConfig({ ...onHeroku, PORT: '8080' }, { listens: true }).server.port).toBe(8080);
    expect(loadConfig({}, { listens: true }).server.port).toBe(5000);
  });
});

describe('several processes', () => {
  it.each([
    ['1', 10],
    ['2', 10],
    ['3', 6],
    ['4', 5],
    ['8', 2],
    ['28', 2],
  ])('of %s, each has its share of 20 connections: %i', (workers, poolSize) => {
    const config = loadConfig({ ...onHeroku, WEB_CONCURRENCY: workers });
    expect(config.server.workers).toBe(Number(workers));
    expect(config.database).toMatchObject({ poolSize });
  });

  it('have the number of connections that is configured', () => {
    const { database } = loadConfig({ ...onHeroku, WEB_CONCURRENCY: '4', DATABASE_POOL: '30' });
    expect(database).toMatchObject({ poolSize: 30 });
  });

  it('are refused with the embedded database', () => {
    expect(refusedConfiguration({ WEB_CONCURRENCY: '2' }).faults).toEqual([
      'WEB_CONCURRENCY: the embedded database serves one process, not 2; set WEB_CONCURRENCY=1, or DATABASE_URL to a Postgres server',
    ]);
  });
});

describe('TLS to the database', () => {
  const tlsOf = (variables: Record<string, string>) => {
    const { database } = loadConfig(variables);
    return database.kind === 'server' ? database.tls : expect.fail('no server');
  };

  it('is used without verification on Heroku', () => {
    expect(tlsOf(onHeroku)).toBe('unverified');
  });

  it.each(['require', 'disable', 'verify-full'])('follows sslmode=%s of the address', (mode) => {
    expect(tlsOf({ ...onHeroku, DATABASE_URL: `${SERVER}?sslmode=${mode}` })).toBeUndefined();
  });

  it('follows PGSSLMODE', () => {
    expect(tlsOf({ ...onHeroku, PGSSLMODE: 'disable' })).toBeUndefined();
  });

  it('follows the address outside of Heroku', () => {
    expect(tlsOf({ DATABASE_URL: SERVER })).toBeUndefined();
  });
});
