import type { EngineBehaviour } from '@microblog/core/testing';
import { type EngineReply, html, json } from './translation-server.ts';

export const LIBRE_KEY = 'libre-secret-0123456789abcdef';

interface Asked {
  readonly q: string;
  readonly source: string;
  readonly target: string;
  readonly format: string;
  readonly api_key?: string;
}

/** Answers as the documentation of LibreTranslate says; it requires a key. */
export function libreReply(behaviour: EngineBehaviour = 'translates'): EngineReply {
  return (call, response) => {
    if (behaviour === 'unreachable') return void response.destroy();
    if (behaviour === 'silent') return;
    const { q, source, target, format, api_key: key } = call.body as Asked;
    if (behaviour === 'busy')
      return json(response, 429, { error: 'Slowdown: 20 per 1 minute' }, { 'Retry-After': '7' });
    if (behaviour === 'unsupported') return json(response, 400, { error: `${target} is not supported` });
    if (behaviour === 'nonsense') return html(response, 200);
    if (behaviour === 'refuses' || key !== LIBRE_KEY)
      return json(response, 403, { error: `Invalid API key ${key}` });
    if (call.path !== '/translate' || format !== 'text')
      return json(response, 400, { error: 'Invalid request' });
    json(response, 200, {
      translatedText: behaviour === 'empty' ? '' : `[${target} ${q}]`,
      ...(source === 'auto' ? { detectedLanguage: { confidence: 90.0, language: 'en' } } : {}),
    });
  };
}
