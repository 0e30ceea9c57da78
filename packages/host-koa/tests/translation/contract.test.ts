import { type EngineBehaviour, translatorContract } from '@microblog/core/testing';
import { describe, it } from 'vitest';
import { azureTranslator, libreTranslateTranslator } from '../../src/index.ts';
import { AZURE_KEY, azureReply } from '../support/azure-engine.ts';
import { LIBRE_KEY, libreReply } from '../support/libretranslate-engine.ts';
import { type EngineReply, translationServer } from '../support/translation-server.ts';

const timeoutMs = 1_000;

const adapters = [
  {
    name: 'Azure AI Translator',
    reply: azureReply,
    open: (url: string) => azureTranslator({ url, key: AZURE_KEY, timeoutMs }),
  },
  {
    name: 'LibreTranslate',
    reply: libreReply,
    open: (url: string) => libreTranslateTranslator({ url, key: LIBRE_KEY, timeoutMs }),
  },
] satisfies readonly { name: string; reply: (behaviour: EngineBehaviour) => EngineReply; open: unknown }[];

describe.each(adapters)('the translator contract on $name', ({ reply, open }) => {
  for (const { name, run } of translatorContract) {
    it(name, () =>
      run(async () => {
        const server = await translationServer(reply('translates'));
        return { translator: open(server.url), behave: (behaviour) => server.reply(reply(behaviour)) };
      }),
    );
  }
});
