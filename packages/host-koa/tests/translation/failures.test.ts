import { isMicroblogError, type MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { azureTranslator, libreTranslateTranslator } from '../../src/index.ts';
import { AZURE_KEY, azureReply } from '../support/azure-engine.ts';
import { LIBRE_KEY, libreReply } from '../support/libretranslate-engine.ts';
import {
  breakMidway,
  type EngineReply,
  flood,
  html,
  json,
  recordedLog,
  stopMidway,
  translationServer,
} from '../support/translation-server.ts';

const toSpanish = { from: 'en', to: 'es' };

async function failure(attempt: Promise<unknown>): Promise<MicroblogError<string>> {
  const error = await attempt.then(
    () => expect.fail('it was translated'),
    (reason: unknown) => reason,
  );
  return isMicroblogError(error) ? error : expect.fail(String(error));
}

const adapters = [
  { name: 'Azure AI Translator', reply: azureReply, open: azureTranslator, key: AZURE_KEY },
  { name: 'LibreTranslate', reply: libreReply, open: libreTranslateTranslator, key: LIBRE_KEY },
] as const;

describe.each(adapters)('$name', ({ name, reply, open, key }) => {
  async function started(first: EngineReply) {
    const server = await translationServer(first);
    const log = recordedLog();
    const translator = open({ url: server.url, key, logger: log.logger, timeoutMs: 300 });
    return { server, log, ask: () => translator.translate('A secret of mine', toSpanish) };
  }

  const replies: readonly (readonly [string, EngineReply, string])[] = [
    ['an HTML page', (_call, response) => html(response, 200), 'translation_failed'],
    ['broken JSON', (_call, response) => void response.end('[{"translations":'), 'translation_failed'],
    ['nothing', (_call, response) => void response.end(), 'translation_failed'],
    ['null', (_call, response) => json(response, 200, null), 'translation_failed'],
    ['an empty list', (_call, response) => json(response, 200, []), 'translation_failed'],
    [
      'a number for a text',
      (_call, response) => json(response, 200, { translatedText: 1 }),
      'translation_failed',
    ],
    ['an answer without an end', flood, 'translation_failed'],
    [
      'another address',
      (_call, response) => json(response, 302, {}, { Location: 'http://127.0.0.1:1/' }),
      'translation_failed',
    ],
    ['an address that is not there', (_call, response) => html(response, 404), 'translation_failed'],
    ['a request that it does not take', (_call, response) => json(response, 400, {}), 'translation_failed'],
    ['half an answer', stopMidway, 'translation_unavailable'],
    ['a connection that breaks', breakMidway, 'translation_unavailable'],
    ['a fault of its own', (_call, response) => html(response, 500), 'translation_unavailable'],
    ['a proxy’s regret', (_call, response) => html(response, 502), 'translation_unavailable'],
    ['that it is out of service', (_call, response) => html(response, 503), 'translation_unavailable'],
    ['silence', () => {}, 'translation_unavailable'],
    [
      'a used-up quota',
      (_call, response) => json(response, 403, { error: { code: 403001, message: key } }),
      'translation_failed',
    ],
  ];

  it.each(replies)('fails in order at %s, and logs neither key nor text', async (_what, first, code) => {
    const { log, ask } = await started(first);
    const error = await failure(ask());
    expect(error.code).toBe(code);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]?.details).toMatchObject({ translator: name });
    const texts = JSON.stringify([log.lines, error.message, error.details, String(error.cause)]);
    expect(texts).not.toContain(key);
    expect(texts).not.toContain('secret of mine');
  });

  it('logs once that the key is refused, with a remedy, until it is accepted again', async () => {
    const { server, log, ask } = await started(reply('refuses'));
    for (const _ of [1, 2, 3]) expect((await failure(ask())).code).toBe('translation_failed');
    expect(log.lines).toMatchObject([
      { level: 'error', details: { remedy: expect.stringContaining('TRANSLATOR_KEY') } },
    ]);
    server.reply(reply('translates'));
    await ask();
    server.reply(reply('refuses'));
    await failure(ask());
    expect(log.lines).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toContain(key);
  });

  it('pauses for an engine that asks for it, and says how long', async () => {
    const { server, ask } = await started(reply('busy'));
    await failure(ask());
    server.reply(reply('translates'));
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'translation_busy', details: { retryAfterSeconds: 7 } });
    expect(server.calls).toHaveLength(1);
  });

  it('asks again when the pause is over', async () => {
    const busy: EngineReply = (_call, response) => json(response, 429, {}, { 'Retry-After': '1' });
    const { server, ask } = await started(busy);
    await failure(ask());
    server.reply(reply('translates'));
    await expect.poll(() => ask().then(({ text }) => text, String)).toBe('[es A secret of mine]');
  });

  it('lets no reader wait for an engine that does not answer', async () => {
    const { server, ask } = await started(reply('silent'));
    await failure(ask());
    const error = await failure(ask());
    expect(error.code).toBe('translation_unavailable');
    expect(error.details.retryAfterSeconds).toBeGreaterThan(20);
    expect(server.calls).toHaveLength(1);
  });

  it('retries once if the connection breaks at once', async () => {
    const { server, log, ask } = await started((_call, response) => {
      server.reply(reply('translates'));
      response.destroy();
    });
    expect((await ask()).text).toBe('[es A secret of mine]');
    expect([server.calls.length, log.lines.length]).toEqual([2, 0]);
  });

  it('reports that the engine is unavailable if nothing listens there', async () => {
    const log = recordedLog();
    // A privileged port on which nothing listens.
    const translator = open({ url: 'http://127.0.0.1:1', key, logger: log.logger, timeoutMs: 300 });
    expect((await failure(translator.translate('Hello', toSpanish))).code).toBe('translation_unavailable');
    expect(log.lines).toHaveLength(1);
  });
});

describe('Azure AI Translator', () => {
  it.each([400019, 400023, 400035, 400036, 400077])('says that %d is not offered', async (code) => {
    const { url } = await translationServer((_call, response) => json(response, 400, { error: { code } }));
    const error = await failure(azureTranslator({ url, key: AZURE_KEY }).translate('Hello', toSpanish));
    expect(error.code).toBe('translation_unsupported');
  });
});

describe('LibreTranslate', () => {
  it('treats a missing key as a refusal, whatever the status', async () => {
    const words = { error: 'Please contact the server operator to get an API key' };
    const { url } = await translationServer((_call, response) => json(response, 400, words));
    const log = recordedLog();
    const translator = libreTranslateTranslator({ url, logger: log.logger });
    expect((await failure(translator.translate('Hello', toSpanish))).code).toBe('translation_failed');
    expect(log.lines).toMatchObject([{ message: 'translator refuses this site' }]);
  });
});
