import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forwardProxy } from '../../packages/host-koa/tests/support/forward-proxy.ts';
import { LIBRE_KEY, libreReply } from '../../packages/host-koa/tests/support/libretranslate-engine.ts';
import { translationServer } from '../../packages/host-koa/tests/support/translation-server.ts';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

describe('microblog with HTTPS_PROXY and HTTP_PROXY', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('calls sign-in providers through it while it serves', async () => {
    // Nothing listens behind this proxy.
    await using proxy = await forwardProxy(1);
    const OIDC_PROVIDERS = JSON.stringify([
      { name: 'Own ID', issuer: 'https://id.example.org', clientId: 'a', clientSecret: 'b' },
    ]);
    const server = await serveMicroblog(folder.path, {
      ...{ DATABASE_URL: database.url, BASE_URL: 'http://localhost:5000', OIDC_PROVIDERS },
      HTTPS_PROXY: proxy.url,
    });
    const answer = await fetch(`${server.url}/login/own-id`, { redirect: 'manual' });
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    expect([answer.status, proxy.asked]).toEqual([503, ['CONNECT id.example.org:443']]);
  });

  it('asks the translator through it in doctor', async () => {
    const engine = await translationServer(libreReply());
    await using proxy = await forwardProxy(Number(new URL(engine.url).port));
    const { stdout } = await runMicroblog(['doctor'], folder.path, {
      ...{ DATABASE_URL: database.url, TRANSLATOR: 'libretranslate', TRANSLATOR_KEY: LIBRE_KEY },
      ...{ TRANSLATOR_URL: 'http://engine.example:5000', http_proxy: proxy.url },
    });
    expect(stdout).toContain('LibreTranslate translates into en, es.');
    expect(new Set(proxy.asked)).toEqual(new Set(['POST http://engine.example:5000/translate']));
  });
});
