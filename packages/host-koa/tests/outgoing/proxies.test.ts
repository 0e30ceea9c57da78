import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outgoingFetch } from '../../src/outbound/http/outgoing-fetch.ts';
import { discover } from '../../src/outbound/identity-providers/discovery.ts';
import { libreTranslateTranslator } from '../../src/outbound/translation/libretranslate-translator.ts';
import { forwardProxy } from '../support/forward-proxy.ts';
import { LIBRE_KEY, libreReply } from '../support/libretranslate-engine.ts';
import { translationServer } from '../support/translation-server.ts';

const ISSUER = 'https://id.example.org';
const settings = { name: 'Own ID', issuer: ISSUER, clientId: 'a', clientSecret: 'b' };

/** A provider's metadata by TLS, under a name that only the proxy knows. */
async function providerByTls(): Promise<number> {
  const names = [{ type: 2 as const, value: 'id.example.org' }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'id.example.org' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, cert]);
  const server = createServer({ key, cert }, (_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/auth`,
        token_endpoint: `${ISSUER}/token`,
      }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  onTestFinished(async () => {
    setDefaultCACertificates(trusted);
    await new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  });
  return (server.address() as AddressInfo).port;
}

describe('calls to other services', () => {
  it('go through a tunnel of HTTPS_PROXY, with its credentials, and certificates are checked', async () => {
    await using proxy = await forwardProxy(await providerByTls());
    const fetch = outgoingFetch({ https: proxy.url.replace('//', '//user:p%40ss@') });
    const found = await discover(settings, { fetch });
    expect(found.serverMetadata().token_endpoint).toBe(`${ISSUER}/token`);
    expect(proxy.asked).toEqual(['CONNECT id.example.org:443']);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    const impostor = discover({ ...settings, issuer: 'https://other.example.org' }, { fetch });
    await expect(impostor).rejects.toThrow();
    expect(proxy.asked.at(-1)).toBe('CONNECT other.example.org:443');
  });

  it('go to HTTP_PROXY as requests', async () => {
    const engine = await translationServer(libreReply());
    await using proxy = await forwardProxy(Number(new URL(engine.url).port));
    const translator = libreTranslateTranslator({
      url: 'http://engine.example:5000',
      key: LIBRE_KEY,
      fetch: outgoingFetch({ http: proxy.url }),
    });
    expect(await translator.translate('Hola', { from: 'es', to: 'en' })).toMatchObject({ text: '[en Hola]' });
    expect(proxy.asked).toEqual(['POST http://engine.example:5000/translate']);
    expect(engine.calls[0]?.headers['content-type']).toBe('application/json');
  });

  it('to this machine go without a proxy', async () => {
    const engine = await translationServer(libreReply());
    await using proxy = await forwardProxy(1);
    const fetch = outgoingFetch({ http: proxy.url, https: proxy.url, except: 'other.example' });
    const translator = libreTranslateTranslator({ url: engine.url, key: LIBRE_KEY, fetch });
    expect(await translator.translate('Hola', { from: 'es', to: 'en' })).toMatchObject({ text: '[en Hola]' });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['the host is in NO_PROXY', { except: 'x.example, engine.invalid' }],
    ['the host is below one in NO_PROXY', { except: '.invalid' }],
    ['NO_PROXY is *', { except: '*' }],
    ['the proxy is for https: alone', { http: undefined }],
  ])('go without a proxy if %s', async (_what, changes) => {
    await using proxy = await forwardProxy(1);
    const fetch = outgoingFetch({ http: proxy.url, https: proxy.url, ...changes });
    // No server has a name below `invalid` (RFC 6761, section 6.4). A resolver may take its time to say so.
    const signal = AbortSignal.timeout(2_000);
    await expect(fetch('http://engine.invalid/', { method: 'GET', signal })).rejects.toThrow();
    expect(proxy.asked).toEqual([]);
  });

  it('fail like any call if the proxy is down', async () => {
    const proxy = await forwardProxy(1);
    await proxy[Symbol.asyncDispose]();
    const fetch = outgoingFetch({ https: proxy.url });
    await expect(discover(settings, { fetch })).rejects.toThrow();
  });
});
