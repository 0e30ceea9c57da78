import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from './support/host.ts';
import { visitor } from './support/visitor.ts';

describe.each(['', '/blog'])('a site with a public origin, under "%s"', (basePath) => {
  const host = useHost(hostOpener({ basePath }), { app: { origin: 'https://blog.example.org' } });

  it.each(['//', '//?x=1', '//explore', '///', '//evil.example/'])('has no page at %s', async (path) => {
    const answer = await host.visitor().get(path);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('<!doctype html>');
  });
});

describe('a site whose public origin is HTTPS, behind a proxy that does not say so', () => {
  const host = useHost(hostOpener(), { app: { origin: 'https://blog.example.org' } });

  it('sends cookies for TLS only', async () => {
    const { setCookies } = await host.visitor().register('ada');
    expect(setCookies.get('microblog_session')?.attributes).toHaveProperty('secure');
  });

  it('asks browsers to stay with HTTPS, for this host alone', async () => {
    const { headers } = await host.visitor().get('/');
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  });
});

describe('a site whose public origin is HTTP', () => {
  const host = useHost(hostOpener(), { app: { origin: 'http://blog.example.org' } });

  it('sends cookies for both, and nothing about HTTPS', async () => {
    const { setCookies, headers } = await host.visitor().register('ada');
    expect(setCookies.get('microblog_session')?.attributes).not.toHaveProperty('secure');
    expect(headers.has('Strict-Transport-Security')).toBe(false);
  });
});

describe('a cookie of a sibling subdomain', () => {
  const host = useHost(hostOpener(), { app: { origin: 'https://blog.example.org' } });

  it('neither replaces the session of a member nor makes a form valid', async () => {
    const ada = await host.member();
    const attacker = await host.member();
    const stolen = (name: string) => attacker.cookies.get(name) ?? '';
    // A browser sends the cookie of the longer path first.
    const tossed = ['microblog_session', 'microblog_session.sig', 'microblog_csrf'].map(
      (name) => `${name}=${stolen(name)}`,
    );
    const own = [...ada.cookies].map(([name, value]) => `__Host-${name}=${value}`);
    const answer = await visitor(host.running.url).get('/settings', {
      Cookie: [...tossed, ...own].join('; '),
    });
    expect(answer.text).toContain(`/user/${ada.nickname}"`);
    expect(answer.text).not.toContain(`/user/${attacker.nickname}"`);
  });
});
