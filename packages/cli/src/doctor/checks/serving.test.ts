import { describe, expect, it } from 'vitest';
import { checkHeroku } from './heroku.ts';
import { checkMetricsPage } from './metrics-page.ts';
import { checkProxy } from './proxy.ts';

const server = (host: string, trustProxy: boolean, workers = 1) => ({
  host,
  port: 5000,
  trustProxy,
  maxConcurrentRequests: 64,
  workers,
});

describe('the proxy', () => {
  it.each([
    ['vps', '127.0.0.1', false, 'ok'],
    ['vps', '127.0.0.1', true, 'ok'],
    ['vps', '0.0.0.0', true, 'warn'],
    ['vps', '0.0.0.0', false, 'warn'],
    ['vps', '::', false, 'warn'],
    ['heroku', '0.0.0.0', true, 'ok'],
    ['heroku', '0.0.0.0', false, 'warn'],
  ] as const)('%s on %s, trusted: %s, is %s', (profile, host, trustProxy, verdict) => {
    expect(checkProxy({ profile, server: server(host, trustProxy) })).toMatchObject({ verdict });
  });
});

describe('the page of metrics', () => {
  it.each([
    [null, '0.0.0.0', true, 'ok'],
    [{ token: 'x' }, '0.0.0.0', true, 'ok'],
    [{ token: null }, '127.0.0.1', false, 'ok'],
    [{ token: null }, '127.0.0.1', true, 'warn'],
    [{ token: null }, '0.0.0.0', false, 'warn'],
  ] as const)('%j on %s, behind a proxy: %s, is %s', (metrics, host, trustProxy, verdict) => {
    expect(checkMetricsPage({ metrics, server: server(host, trustProxy) })).toMatchObject({ verdict });
  });
});

describe('Heroku', () => {
  const verdicts = (environment: Record<string, string>, workers: number) =>
    checkHeroku({ profile: 'heroku', server: server('0.0.0.0', true, workers) }, environment).map(
      ({ verdict }) => verdict,
    );

  it('is fine on a dyno with enough memory for the processes', () => {
    const dyno = { DYNO: 'web.1', NODE_ENV: 'production', MEMORY_AVAILABLE: '512' };
    expect(verdicts(dyno, 2)).toEqual(['ok', 'ok', 'ok']);
  });

  it('gets a warning elsewhere, with too many processes, and without NODE_ENV', () => {
    expect(verdicts({ MEMORY_AVAILABLE: '512' }, 8)).toEqual(['warn', 'warn', 'warn']);
  });

  it('is not mentioned outside of Heroku', () => {
    expect(checkHeroku({ profile: 'vps', server: server('127.0.0.1', false) }, {})).toEqual([]);
  });
});
