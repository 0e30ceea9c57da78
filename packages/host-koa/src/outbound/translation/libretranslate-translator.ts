import {
  type Logger,
  MicroblogError,
  requireKnownOptions,
  silentLogger,
  type Translator,
} from '@microblog/core';
import { z } from 'zod';
import type { Fetch } from '../http/bounded-fetch.ts';
import { engine } from './engine.ts';

/** Which LibreTranslate server to use. */
export interface LibreTranslateOptions {
  /** The server's address, such as `http://127.0.0.1:5000`. */
  readonly url: string;
  /** Needed if the server requires a key. */
  readonly key?: string | undefined;
  /** Logs failures. Default: no logging. */
  readonly logger?: Logger;
  /** Milliseconds that a translation may take. Default: 5,000. */
  readonly timeoutMs?: number;
  /** Makes the calls, for example by way of a proxy. Default: the `fetch` of Node.js. */
  readonly fetch?: Fetch | undefined;
}

const answerSchema = z.object({
  translatedText: z.string(),
  detectedLanguage: z.object({ language: z.string() }).optional(),
});

const errorSchema = z.object({ error: z.string() });

/** Languages whose code at the server is not the primary language of a tag. */
const codes: Readonly<Record<string, string>> = {
  nn: 'nb',
  no: 'nb',
  'pt-br': 'pt-BR',
  zh: 'zh-Hans',
  'zh-hant': 'zh-Hant',
  'zh-hk': 'zh-Hant',
  'zh-tw': 'zh-Hant',
};

const REMEDY = 'Check TRANSLATOR_URL and TRANSLATOR_KEY; does that server ask for a key?';

/**
 * A LibreTranslate server, the operator's own or a public one. Sends the text and the two languages, nothing about
 * people.
 * @see https://docs.libretranslate.com
 */
export function libreTranslateTranslator(options: LibreTranslateOptions): Translator {
  const known = { url: true, key: true, logger: true, timeoutMs: true, fetch: true } as const;
  requireKnownOptions('libreTranslateTranslator', options, known);
  const { url, key, logger = silentLogger, timeoutMs, fetch } = options;
  const name = 'LibreTranslate';
  const server = engine({ name, logger, timeoutMs, remedy: REMEDY, fetch });

  return {
    enabled: true,
    name,
    async translate(text, { from, to }) {
      const { status, json } = await server.post({
        url: `${url.replace(/\/+$/, '')}/translate`,
        body: {
          q: text,
          source: from === null ? 'auto' : libreLanguage(from),
          target: libreLanguage(to),
          format: 'text',
          ...(key === undefined ? {} : { api_key: key }),
        },
      });
      if (status === 400) throw refusalOf(errorSchema.safeParse(json).data?.error ?? '');
      const answer = answerSchema.safeParse(json).data;
      if (answer === undefined) throw server.broken('no translation in it');
      if (answer.translatedText.trim() === '') throw server.broken('an empty text');
      return { text: answer.translatedText, from: answer.detectedLanguage?.language ?? null };
    },
  };

  /** The server has one status for all invalid requests; only the text differs. */
  function refusalOf(words: string): MicroblogError {
    if (/api key/i.test(words)) return server.refused('HTTP 400 (it asks for a key)');
    if (!/not supported|not available|exceeds/i.test(words)) return server.broken('HTTP 400');
    return new MicroblogError('translation_unsupported', `${name} does not offer this.`);
  }
}

function libreLanguage(tag: string): string {
  const whole = tag.toLowerCase();
  const primary = whole.split('-')[0] ?? whole;
  return codes[whole] ?? codes[whole.split('-').slice(0, 2).join('-')] ?? codes[primary] ?? primary;
}
