import { describe, expect, it } from 'vitest';
import { azureTranslator, libreTranslateTranslator } from '../../src/index.ts';
import { AZURE_KEY, azureReply } from '../support/azure-engine.ts';
import { LIBRE_KEY, libreReply } from '../support/libretranslate-engine.ts';
import { translationServer } from '../support/translation-server.ts';

describe('a request to Azure AI Translator', () => {
  it('is one text as plain text, with key and region in its headers', async () => {
    const { url, calls } = await translationServer(azureReply());
    const translator = azureTranslator({ url: `${url}/`, key: AZURE_KEY, region: 'westeurope' });
    await translator.translate('Hello', { from: 'en', to: 'es' });
    const [call] = calls;
    expect(call).toMatchObject({ method: 'POST', path: '/translate', body: [{ Text: 'Hello' }] });
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      'api-version': '3.0',
      from: 'en',
      to: 'es',
      textType: 'plain',
    });
    expect(call?.headers).toMatchObject({
      'content-type': 'application/json',
      'ocp-apim-subscription-key': AZURE_KEY,
      'ocp-apim-subscription-region': 'westeurope',
      'x-clienttraceid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('names no region for a global resource', async () => {
    const { url, calls } = await translationServer(azureReply());
    await azureTranslator({ url, key: AZURE_KEY }).translate('Hello', { from: 'en', to: 'es' });
    expect(calls[0]?.headers).not.toHaveProperty('ocp-apim-subscription-region');
  });

  it.each([
    [null, 'es', null, 'es'],
    ['es-MX', 'pt-BR', 'es', 'pt'],
    ['pt-PT', 'fr-CA', 'pt-pt', 'fr-ca'],
    ['no', 'nn', 'nb', 'nb'],
    ['zh', 'zh-TW', null, 'zh-Hant'],
    ['zh-Hans-CN', 'zh', 'zh-Hans', 'zh-Hans'],
    ['sr', 'sr', null, 'sr-Cyrl'],
  ])('names languages as the service does: %s to %s', async (from, to, source, target) => {
    const { url, calls } = await translationServer(azureReply());
    await azureTranslator({ url, key: AZURE_KEY }).translate('Hello', { from, to });
    expect([calls[0]?.query.get('from') ?? null, calls[0]?.query.get('to')]).toEqual([source, target]);
  });
});

describe('a request to LibreTranslate', () => {
  it('is one text as plain text, with its key', async () => {
    const { url, calls } = await translationServer(libreReply());
    const translator = libreTranslateTranslator({ url: `${url}/`, key: LIBRE_KEY });
    await translator.translate('Hello', { from: 'en', to: 'es' });
    expect(calls).toMatchObject([
      {
        method: 'POST',
        path: '/translate',
        body: { q: 'Hello', source: 'en', target: 'es', format: 'text', api_key: LIBRE_KEY },
      },
    ]);
  });

  it('uses the path of its address, and sends no key if none is set', async () => {
    const { url, calls } = await translationServer((call, response) =>
      libreReply()(
        { ...call, path: '/translate', body: { ...(call.body as object), api_key: LIBRE_KEY } },
        response,
      ),
    );
    await libreTranslateTranslator({ url: `${url}/libre` }).translate('Hello', { from: 'en', to: 'es' });
    expect(calls[0]?.path).toBe('/libre/translate');
    expect(calls[0]?.body).not.toHaveProperty('api_key');
  });

  it.each([
    [null, 'es', 'auto', 'es'],
    ['es-MX', 'en-GB', 'es', 'en'],
    ['no', 'pt-BR', 'nb', 'pt-BR'],
    ['zh', 'zh-TW', 'zh-Hans', 'zh-Hant'],
  ])('names languages as the server does: %s to %s', async (from, to, source, target) => {
    const { url, calls } = await translationServer(libreReply());
    await libreTranslateTranslator({ url, key: LIBRE_KEY }).translate('Hello', { from, to });
    expect(calls[0]?.body).toMatchObject({ source, target });
  });
});
