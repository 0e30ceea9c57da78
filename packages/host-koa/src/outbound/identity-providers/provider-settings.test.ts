import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseProviders, providerFaults, responseModeOf, secretsOfProvider } from './provider-settings.ts';

const one = { name: 'Own ID', issuer: 'https://id.example.org', clientId: 'a', clientSecret: 'a secret' };
const { clientSecret: _, ...keyed } = one;
const pem = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const clientSecretKey = { teamId: 'T', keyId: 'K', privateKey: pem('P-256') };

describe('providerFaults', () => {
  it('takes a secret, or a key that signs secrets', () => {
    expect(
      providerFaults([one, { ...keyed, name: 'Apple', issuer: 'https://a.example', clientSecretKey }]),
    ).toEqual([]);
  });

  it.each([
    [keyed, 'clientSecret of entry 1 to be a text'],
    [{ ...one, clientSecretKey }, 'clientSecretKey of entry 1 to be left out, since there is a clientSecret'],
    [
      { ...keyed, clientSecretKey: { ...clientSecretKey, privateKey: 's3cret' } },
      'clientSecretKey of entry 1 to be a private key for ES256 in PEM format, at privateKey',
    ],
    [
      { ...keyed, clientSecretKey: { ...clientSecretKey, privateKey: pem('P-384') } },
      'clientSecretKey of entry 1 to be a private key for ES256 in PEM format, at privateKey',
    ],
    [
      { ...keyed, clientSecretKey: 's3cret' },
      'clientSecretKey of entry 1 to be an object with teamId, keyId and privateKey',
    ],
    [
      { ...keyed, clientSecretKey: { ...clientSecretKey, secret: 's3cret' } },
      'clientSecretKey of entry 1 to be an object with teamId, keyId and privateKey',
    ],
    [{ ...one, responseMode: 'fragment' }, 'responseMode of entry 1 to be "query" or "form_post"'],
    [
      { ...one, secret: 's3cret' },
      'in entry 1 only name, issuer, clientId, clientSecret, clientSecretKey, responseMode, not secret',
    ],
  ])('says what is wrong, without the secret: %#', (given, fault) => {
    expect(providerFaults([given])).toEqual([fault]);
  });

  it.each([
    ['https://id.example.org', 'https://id.example.org/'],
    ['https://id.example.org/a', 'https://id.example.org/a/'],
    ['https://id.example.org/a/', 'https://id.example.org/a/.well-known/openid-configuration'],
  ])('takes a provider once, in whatever spelling: %s, %s', (issuer, again) => {
    const faults = providerFaults([
      { ...one, issuer },
      { ...one, name: 'Again', issuer: again },
    ]);
    expect(faults).toEqual(['issuers that differ: each provider once, with one clientId']);
  });
});

describe('responseModeOf', () => {
  it.each([
    ['https://appleid.apple.com', undefined, 'form_post'],
    ['https://appleid.apple.com/', undefined, 'form_post'],
    ['https://appleid.apple.com', 'query', 'query'],
    ['https://id.example.org', undefined, 'query'],
    ['https://id.example.org', 'form_post', 'form_post'],
  ] as const)('%s, %s: %s', (issuer, responseMode, mode) => {
    expect(responseModeOf({ ...one, issuer, responseMode })).toBe(mode);
  });
});

it('secretsOfProvider names the secret or the key', () => {
  expect([one, { ...keyed, clientSecretKey }].flatMap((settings) => secretsOfProvider(settings))).toEqual([
    one.clientSecret,
    clientSecretKey.privateKey,
  ]);
});

it('parseProviders reads a key with the line breaks of JSON', () => {
  const faults: string[] = [];
  const text = JSON.stringify([{ ...keyed, clientSecretKey }]);
  expect(parseProviders(text, (fault) => faults.push(fault))).toMatchObject([{ clientSecretKey }]);
  expect(faults).toEqual([]);
});
