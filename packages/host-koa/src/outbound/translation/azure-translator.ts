import {
  type Logger,
  MicroblogError,
  requireKnownOptions,
  silentLogger,
  type Translator,
} from '@microblog/core';
import { z } from 'zod';
import type { Fetch } from '../http/bounded-fetch.ts';
import { azureLanguage, azureSource } from './azure-languages.ts';
import { engine } from './engine.ts';

/** The global service. */
export const AZURE_TRANSLATOR_URL = 'https://api.cognitive.microsofttranslator.com';

/** Which resource of Azure AI Translator to use, and its key. */
export interface AzureTranslatorOptions {
  /** A key of the Translator resource. */
  readonly key: string;
  /** The resource's region, such as `westeurope`; leave it out for a global resource. */
  readonly region?: string | undefined;
  /** Default: the global service. A resource with its own address uses `https://NAME.cognitiveservices.azure.com`. */
  readonly url?: string | undefined;
  /** Logs failures. Default: no logging. */
  readonly logger?: Logger;
  /** Milliseconds that a translation may take. Default: 5,000. */
  readonly timeoutMs?: number;
  /** Makes the calls, for example by way of a proxy. Default: the `fetch` of Node.js. */
  readonly fetch?: Fetch | undefined;
}

const answerSchema = z.tuple([
  z.object({
    detectedLanguage: z.object({ language: z.string() }).optional(),
    translations: z.tuple([z.object({ text: z.string() })]).rest(z.unknown()),
  }),
]);

const errorSchema = z.object({ error: z.object({ code: z.number() }) });

/** From the service's list of error codes: languages or pairs that it does not offer, and texts that are too long. */
const unsupported = new Set([400003, 400019, 400023, 400035, 400036, 400050, 400077]);

const REMEDY =
  'Check TRANSLATOR_KEY, TRANSLATOR_REGION (required for a regional resource) and the quota of the resource.';

/**
 * Azure AI Translator, version 3.0 of its text API. Sends the text and the two languages, nothing about people.
 * @see https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate
 */
export function azureTranslator(options: AzureTranslatorOptions): Translator {
  const known = { key: true, region: true, url: true, logger: true, timeoutMs: true, fetch: true } as const;
  requireKnownOptions('azureTranslator', options, known);
  const { key, region, url = AZURE_TRANSLATOR_URL, logger = silentLogger, timeoutMs, fetch } = options;
  const name = 'Azure AI Translator';
  const service = engine({ name, logger, timeoutMs, remedy: REMEDY, fetch });
  const headers = {
    'Ocp-Apim-Subscription-Key': key,
    ...(region === undefined ? {} : { 'Ocp-Apim-Subscription-Region': region }),
  };

  return {
    enabled: true,
    name,
    async translate(text, { from, to }) {
      const source = from === null ? null : azureSource(from);
      const query = new URLSearchParams({
        'api-version': '3.0',
        to: azureLanguage(to),
        ...(source === null ? {} : { from: source }),
        textType: 'plain',
      });
      const { status, json } = await service.post({
        url: `${pathOf(url)}/translate?${query}`,
        headers: { ...headers, 'X-ClientTraceId': crypto.randomUUID() },
        body: [{ Text: text }],
      });
      if (status === 400) {
        const code = errorSchema.safeParse(json).data?.error.code;
        if (code === undefined || !unsupported.has(code))
          throw service.broken(`HTTP 400 (${code ?? 'no code'})`);
        throw new MicroblogError('translation_unsupported', `${name} does not offer this.`, {
          details: { reason: String(code) },
        });
      }
      const answer = answerSchema.safeParse(json).data?.[0];
      const translated = answer?.translations[0].text;
      if (answer === undefined || translated === undefined) throw service.broken('no translation in it');
      if (translated.trim() === '') throw service.broken('an empty text');
      return { text: translated, from: answer.detectedLanguage?.language ?? null };
    },
  };
}

/** A resource's own address has the API below a path. */
function pathOf(url: string): string {
  const { origin, hostname, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  return path === '' && hostname.endsWith('.cognitiveservices.azure.com')
    ? `${origin}/translator/text/v3.0`
    : `${origin}${path}`;
}
