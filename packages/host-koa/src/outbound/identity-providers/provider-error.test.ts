import { AuthorizationResponseError, ClientError } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { loggedError } from '../../operations/logging/logged-error.ts';
import { providerError } from './provider-error.ts';

const codeOf = (thrown: unknown) => providerError(thrown, 'Own ID', 'callback').code;
const refusal = (error: string) =>
  new AuthorizationResponseError('refused', { cause: new URLSearchParams({ error }) });

describe('providerError', () => {
  it.each([
    ['access_denied', 'provider_refused'],
    ['temporarily_unavailable', 'provider_unavailable'],
    ['invalid_scope', 'provider_answer_invalid'],
    ['<script>', 'provider_answer_invalid'],
  ])('takes the word %s of a provider for %s', (word, code) => expect(codeOf(refusal(word))).toBe(code));

  it('takes a broken connection for a provider that is down, through all causes', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const error = providerError(new TypeError('fetch failed', { cause: refused }), 'Own ID', 'discovery');
    expect(error).toMatchObject({
      code: 'provider_unavailable',
      details: { provider: 'Own ID', step: 'discovery', reason: 'ECONNREFUSED' },
    });
  });

  it('leaves mistakes of this program what they are', () => {
    const mistake = new TypeError('x is not a function');
    expect(() => providerError(mistake, 'Own ID', 'callback')).toThrow(mistake);
  });

  it('repeats no data of the provider', () => {
    const secrets = { code: 'the-code', claims: { email: 'ada@example.org' }, body: 'token s3cret' };
    const cause = Object.assign(new Error('the-code s3cret'), { cause: secrets });
    const thrown = [
      Object.assign(new ClientError('the-code s3cret', { cause }), {
        code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
      }),
      refusal('the-code s3cret'),
    ];
    for (const one of thrown) {
      const logged = JSON.stringify(loggedError(providerError(one, 'Own ID', 'callback'), (text) => text));
      expect(logged).not.toMatch(/the-code|s3cret|ada@/);
    }
  });
});
