import { expect, it } from 'vitest';
import { judgeConnections } from './connections.ts';
import { judgeDistance } from './server.ts';
import { judgeTls } from './tls.ts';

it.each([
  [{ limit: 100, used: 3, pool: 10, processes: 2 }, 'ok'],
  [{ limit: 20, used: 3, pool: 10, processes: 1 }, 'ok'],
  [{ limit: 20, used: 3, pool: 10, processes: 2 }, 'warn'],
  [{ limit: 100, used: 100, pool: 10, processes: 1 }, 'warn'],
  [{ limit: 20, used: 3, pool: 11, processes: 2 }, 'fail'],
] as const)('connections: %j is %s', (figures, verdict) => {
  expect(judgeConnections(figures)).toMatchObject({ check: 'database.connections', verdict });
});

it.each([
  [{ host: '127.0.0.1', version: null, verified: true, profile: 'vps' }, 'ok'],
  [{ host: '', version: null, verified: true, profile: 'vps' }, 'ok'],
  [{ host: 'db.example.org', version: 'TLSv1.3', verified: true, profile: 'vps' }, 'ok'],
  [{ host: 'db.example.org', version: 'TLSv1.3', verified: false, profile: 'heroku' }, 'ok'],
  [{ host: 'db.example.org', version: 'TLSv1.3', verified: false, profile: 'vps' }, 'warn'],
  [{ host: 'db.example.org', version: null, verified: true, profile: 'vps' }, 'warn'],
] as const)('TLS: %j is %s', (facts, verdict) => {
  expect(judgeTls(facts)).toMatchObject({ check: 'database.tls', verdict });
});

it.each([
  [2, 'server', 'ok'],
  [40, 'server', 'warn'],
  [40, 'embedded', 'ok'],
] as const)('a round trip of %d ms to a database that is %s: %s', (milliseconds, kind, verdict) => {
  expect(judgeDistance(milliseconds, kind)).toMatchObject({ check: 'database.latency', verdict });
});
