import type { EngineBehaviour } from '@microblog/core/testing';
import { type EngineReply, html, json } from './translation-server.ts';

export const AZURE_KEY = 'azure-secret-0123456789abcdef';

const error = (code: number, message = 'As the documentation says.') => ({ error: { code, message } });

/** Answers as the documentation of Azure's text translation 3.0 says. */
export function azureReply(behaviour: EngineBehaviour = 'translates'): EngineReply {
  return (call, response) => {
    if (behaviour === 'unreachable') return void response.destroy();
    if (behaviour === 'silent') return;
    if (behaviour === 'busy') return json(response, 429, error(429001), { 'Retry-After': '7' });
    if (behaviour === 'unsupported') return json(response, 400, error(400036));
    if (behaviour === 'nonsense') return html(response, 200);
    const { path, query, headers, body } = call;
    if (behaviour === 'refuses' || headers['ocp-apim-subscription-key'] !== AZURE_KEY) {
      return json(response, 401, error(401000, `Access denied for ${headers['ocp-apim-subscription-key']}.`));
    }
    const isKnown = path === '/translate' && query.get('api-version') === '3.0';
    if (!isKnown || query.get('textType') !== 'plain') return json(response, 400, error(400021));
    const [{ Text: text }] = body as [{ Text: string }];
    const to = query.get('to') ?? '';
    const translated = behaviour === 'empty' ? '' : `[${to} ${text}]`;
    json(response, 200, [
      {
        ...(query.has('from') ? {} : { detectedLanguage: { language: 'en', score: 1.0 } }),
        translations: [{ text: translated, to }],
      },
    ]);
  };
}
