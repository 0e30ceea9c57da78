import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { PASSWORD } from '../support/visitor.ts';

const FORWARDED = {
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-For': '203.0.113.7',
  'X-Forwarded-Host': 'evil.example',
  'X-Request-Id': 'request-from-the-proxy',
};

export function proxiesSuite(open: OpenHost): void {
  describe('behind a proxy that is trusted', () => {
    const host = useHost(open, { app: { trustProxy: true } });

    it('every cookie is for TLS alone', async () => {
      const visitor = host.visitor({ headers: FORWARDED });
      const answers = [
        await visitor.get('/login'),
        await visitor.register('john'),
        await visitor.submit('/language', { language: 'es' }),
        await visitor.submit('/theme', { theme: 'dark' }),
      ];
      const set = answers
        .flatMap(({ setCookies }) => [...setCookies])
        .filter(([, { value }]) => value !== '');
      expect(set.length).toBeGreaterThanOrEqual(5);
      for (const [name, { attributes }] of set) {
        expect({ name, ...attributes }).toMatchObject({ name, secure: '', httponly: '', samesite: 'lax' });
      }
    });

    it('tells browsers to stay with TLS', async () => {
      const { headers } = await host.visitor({ headers: FORWARDED }).get('/');
      expect(headers.get('Strict-Transport-Security')).toMatch(/^max-age=\d{7,}/);
    });

    it('requests keep the name that the proxy gave them', async () => {
      const { headers } = await host.visitor({ headers: FORWARDED }).get('/');
      expect(headers.get('X-Request-Id')).toBe('request-from-the-proxy');
    });

    it.each(['short', 'x'.repeat(201), 'two words here', '<script>alert(1)</script>'])(
      'requests are not named %j',
      async (id) => {
        const { headers } = await host.visitor().get('/', { 'X-Request-Id': id });
        expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
      },
    );

    it('redirects stay paths, whatever host the proxy names', async () => {
      const { location } = await host.visitor({ headers: FORWARDED }).register('jim');
      expect(location).toBe('/');
    });

    it('plain HTTP stays plain', async () => {
      const { headers, setCookies } = await host.visitor().get('/login');
      expect(headers.get('Strict-Transport-Security')).toBeNull();
      expect(setCookies.get('microblog_csrf')?.attributes).not.toHaveProperty('secure');
    });
  });

  describe('without a trusted proxy', () => {
    const host = useHost(open);

    it('no header is trusted', async () => {
      const visitor = host.visitor({ headers: FORWARDED });
      const page = await visitor.get('/login');
      expect(page.headers.get('Strict-Transport-Security')).toBeNull();
      expect(page.headers.get('X-Request-Id')).not.toBe('request-from-the-proxy');
      const { setCookies, location } = await visitor.register('john', { password: PASSWORD });
      expect(location).toBe('/');
      for (const [, { attributes }] of setCookies) expect(attributes).not.toHaveProperty('secure');
    });
  });
}
