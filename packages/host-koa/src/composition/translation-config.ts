import { type Logger, noTranslator, type Translator } from '@microblog/core';
import type { Fetch } from '../outbound/http/bounded-fetch.ts';
import { outgoingFetch } from '../outbound/http/outgoing-fetch.ts';
import { AZURE_TRANSLATOR_URL, azureTranslator } from '../outbound/translation/azure-translator.ts';
import { libreTranslateTranslator } from '../outbound/translation/libretranslate-translator.ts';
import type { Environment } from './environment.ts';

export type TranslationConfig =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'azure';
      readonly url: string;
      readonly key: string;
      readonly region: string | undefined;
    }
  | { readonly kind: 'libretranslate'; readonly url: string; readonly key: string | undefined };

export function translationConfig(env: Environment): TranslationConfig {
  const { TRANSLATOR: kind, TRANSLATOR_URL: url, TRANSLATOR_KEY: key, TRANSLATOR_REGION: region } = env;
  if (kind === 'azure' && key !== undefined) return { kind, url: url ?? AZURE_TRANSLATOR_URL, key, region };
  if (kind === 'libretranslate' && url !== undefined) return { kind, url, key };
  return { kind: 'none' };
}

/** Faults of the translator's variables in combination, each with a remedy. */
export function translationFaults(env: Environment): string[] {
  const { TRANSLATOR: kind, TRANSLATOR_URL: url, TRANSLATOR_KEY: key } = env;
  const faults: string[] = [];
  if (kind === 'azure' && key === undefined) {
    faults.push(
      'TRANSLATOR_KEY: required with TRANSLATOR=azure; set it to a key of your Translator resource',
    );
  }
  if (kind === 'libretranslate' && url === undefined) {
    faults.push(
      'TRANSLATOR_URL: required with TRANSLATOR=libretranslate; set it to the address of the server, such as http://127.0.0.1:5000',
    );
  }
  if (kind === 'azure' && url !== undefined && !isPrivate(url)) {
    faults.push('TRANSLATOR_URL: the key would cross the network in clear; begin the address with https://');
  }
  return faults;
}

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

/** The configured translator, or one that translates nothing. */
export function configuredTranslator(
  config: TranslationConfig,
  logger: Logger,
  fetch: Fetch = outgoingFetch(),
): Translator {
  switch (config.kind) {
    case 'none':
      return noTranslator;
    case 'azure':
      return azureTranslator({ key: config.key, region: config.region, url: config.url, logger, fetch });
    case 'libretranslate':
      return libreTranslateTranslator({ key: config.key, url: config.url, logger, fetch });
  }
}
