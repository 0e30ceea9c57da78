import { silentLogger } from '@microblog/core';
import { memorySearchIndex, memoryStorage } from '@microblog/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { readiness } from '../src/operations/health/readiness.ts';
import { createMetrics } from '../src/operations/metrics/metrics.ts';
import { type HostSetup, hostOpener, useHost } from './support/host.ts';
import { visitor } from './support/visitor.ts';

const TOKEN = 'a token for tests alone';

function measured(token: string | null): NonNullable<HostSetup['app']> {
  const metrics = createMetrics({ logger: silentLogger, version: '0' });
  return {
    metricsPage: { source: metrics, token },
    observers: [metrics.observeRequest],
    searchObservers: [metrics.observeSearch],
    requireLogin: true,
  };
}

describe.each(['', '/blog'])('for operators, below "%s"', (basePath) => {
  const open = hostOpener({ basePath });

  describe.each(['/healthz', '/readyz', '/metrics'])('GET %s', (path) => {
    const host = useHost(open, { app: measured(null) });

    it('answers visitors, even if pages are for members', async () => {
      const { status, headers } = await host.visitor().get(path);
      expect(status).toBe(200);
      expect(headers.get('Cache-Control')).toBe('no-store');
    });

    it('sets no cookie and speaks no language', async () => {
      const { headers, setCookies } = await host.visitor({ language: 'es' }).get(path);
      expect(setCookies.size).toBe(0);
      expect(headers.get('Vary')).toBeNull();
      expect(headers.get('Content-Language')).toBeNull();
    });

    it('answers HEAD, and other methods with 405', async () => {
      expect((await host.visitor().request(path, { method: 'HEAD' })).status).toBe(200);
      const refused = await host.visitor().request(path, { method: 'POST' });
      expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'HEAD, GET']);
    });
  });

  describe('GET /healthz', () => {
    it('is alive without asking, whatever the database does', async () => {
      const storage = memoryStorage();
      const find = () => Promise.reject(new Error('the database was asked'));
      const host = await hostOpener({
        basePath,
        openStorage: async () => ({ ...storage, users: { ...storage.users, find } }),
      })();
      const member = visitor(host.url);
      await member.register('ada');
      expect(member.cookies.size).toBeGreaterThan(1);
      const { status, text } = await member.get('/healthz');
      expect([status, JSON.parse(text)]).toEqual([200, { status: 'alive' }]);
      await host.close();
    });
  });

  describe('GET /readyz', () => {
    const ready = readiness({ check: async () => {} });
    const host = useHost(open, { app: { readiness: ready } });

    it('is ready until the end begins, and gives the reason as a code', async () => {
      const before = await host.visitor().get('/readyz');
      expect([before.status, JSON.parse(before.text)]).toEqual([200, { status: 'ready' }]);
      ready.shutDown();
      const after = await host.visitor().get('/readyz');
      expect([after.status, JSON.parse(after.text)]).toEqual([
        503,
        { status: 'not ready', reason: 'shutting_down' },
      ]);
    });
  });

  describe('GET /metrics', () => {
    describe('with a token', () => {
      const host = useHost(open, { app: measured(TOKEN) });

      it.each([undefined, 'Bearer', 'Bearer x', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`])(
        'is refused to %j',
        async (authorization) => {
          const headers = authorization === undefined ? {} : { Authorization: authorization };
          const { status, text, headers: answered } = await host.visitor().get('/metrics', headers);
          expect([status, answered.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
          expect(text).not.toContain('microblog_');
        },
      );

      it('answers a request with the token', async () => {
        const { status, text, headers } = await host
          .visitor()
          .get('/metrics', { Authorization: `Bearer ${TOKEN}` });
        expect(status).toBe(200);
        expect(headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
        expect(text).toContain('microblog_build_info');
      });
    });

    describe('after requests', () => {
      const host = useHost(open, { app: { ...measured(null), requireLogin: false } });

      it('counts requests by the pattern of their route, never by their address', async () => {
        const visitor = host.visitor();
        await visitor.get('/posts/123456');
        await visitor.get('/posts/654321');
        await visitor.get('/no-such-page');
        const { text } = await visitor.get('/metrics');
        expect(text).toContain('_count{method="GET",route="/posts/:id",status="404"} 2\n');
        expect(text).toContain('_count{method="GET",route="none",status="404"} 1\n');
        expect(text).not.toMatch(/123456|no-such-page/);
      });
    });

    describe('after searches', () => {
      const host = useHost(open, {
        search: memorySearchIndex,
        app: { ...measured(null), requireLogin: false },
      });

      it('counts searches by their outcome, without their text', async () => {
        const member = await host.member();
        await member.submit('/posts', { body: 'a needle' });
        await vi.waitUntil(async () => {
          const { waiting, running } = await host.running.microblog.jobs.statistics();
          return waiting + running === 0;
        });
        for (const query of ['q=needle', 'q=straw', 'q=straw', 'q=needle&cursor=wrong', 'q=', 'q=…', '']) {
          await member.get(`/search?${query}`);
        }
        const { text } = await member.get('/metrics');
        const counts = [...text.matchAll(/^microblog_search_duration_seconds_count\{(.*)\} (\d+)$/gm)];
        expect(counts.map(([, labels, count]) => `${labels} ${count}`).sort()).toEqual([
          'outcome="found" 1',
          'outcome="nothing" 2',
          'outcome="refused" 1',
        ]);
        expect(text).not.toMatch(/needle|straw/);
      });
    });

    describe('if it is not configured', () => {
      const host = useHost(open);

      it('is no page', async () => {
        expect((await host.visitor().get('/metrics')).status).toBe(404);
      });
    });
  });
});
