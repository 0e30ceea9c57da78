import { describe, expect, it } from 'vitest';
import { baseOf, isIssuedBy, isMetadataAddress, metadataAddress, tenantTemplate } from './issuer.ts';

const AUTHENTIK = 'https://auth.example.org/application/o/blog';
const TENANT = 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0';
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

describe('baseOf and metadataAddress', () => {
  it.each([
    AUTHENTIK,
    `${AUTHENTIK}/`,
    `${AUTHENTIK}/.well-known/openid-configuration`,
    `${AUTHENTIK}/.well-known/openid-configuration/`,
  ])('find the same provider in %s', (issuer) => {
    expect(baseOf(issuer)).toBe(AUTHENTIK);
    expect(metadataAddress(issuer).href).toBe(`${AUTHENTIK}/.well-known/openid-configuration`);
  });

  it('need no path', () => {
    expect(metadataAddress('https://id.example.org/').href).toBe(
      'https://id.example.org/.well-known/openid-configuration',
    );
  });
});

it('isMetadataAddress tells an address of metadata from an issuer', () => {
  expect([`${AUTHENTIK}/.well-known/openid-configuration`, `${AUTHENTIK}/`].map(isMetadataAddress)).toEqual([
    true,
    false,
  ]);
});

describe('tenantTemplate', () => {
  it.each(['common', 'organizations', 'consumers'])('is there for %s', (tenants) => {
    expect(tenantTemplate(entra(tenants))).toBe(entra('{tenantid}'));
    expect(tenantTemplate(`${entra(tenants)}/.well-known/openid-configuration`)).toBe(entra('{tenantid}'));
  });

  it.each([TENANT, AUTHENTIK, 'https://example.org/common', 'https://example.org/common/v2.0/more'])(
    'is missing for %s',
    (issuer) => expect(tenantTemplate(issuer)).toBeNull(),
  );
});

describe('isIssuedBy', () => {
  it.each([
    [AUTHENTIK, `${AUTHENTIK}/`, true],
    [`${AUTHENTIK}/.well-known/openid-configuration`, `${AUTHENTIK}/`, true],
    [AUTHENTIK, `${AUTHENTIK}2/`, false],
    [entra('common'), TENANT, true],
    [entra('organizations'), TENANT, true],
    [entra('common'), 'https://evil.example/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0', false],
    [entra('common'), entra('common'), false],
    [entra('common'), entra('evil.example/x'), false],
    [TENANT, entra('00000000-86f1-41af-91ab-2d7cd011db47'), false],
    [AUTHENTIK, 'no address', false],
  ])('%s, %s: %s', (issuer, identityIssuer, isOne) => {
    expect(isIssuedBy(issuer, identityIssuer)).toBe(isOne);
  });
});
