import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { configurationMarkdown, configurationTable } from './configuration-table.ts';
import { environmentSchema } from './environment.ts';

function shownValue(name: string, variables: Record<string, string>): string | null | undefined {
  return configurationTable(variables).find((row) => row.name === name)?.value;
}

describe('configurationTable', () => {
  it('has a row with a description for every variable', () => {
    const rows = configurationTable({});
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(environmentSchema.shape));
    expect(rows.every(({ description }) => description.length > 5)).toBe(true);
  });

  it('distinguishes a default from a given value', () => {
    const rows = configurationTable({ PORT: '8080', HOST: '' });
    const sources = Object.fromEntries(rows.map(({ name, value, source }) => [name, [value, source]]));
    expect(sources).toMatchObject({
      PORT: ['8080', 'environment'],
      HOST: [null, 'default'],
      LANGUAGES: ['en,es', 'default'],
      SECRET_KEY: [null, 'default'],
    });
  });

  it('shows defaults that depend on other variables, if it gets the configuration', () => {
    const variables = {
      HEROKU: '1',
      PORT: '80',
      SECRET_KEY: 'x'.repeat(16),
      DATABASE_URL: 'postgres://h/d',
      WEB_CONCURRENCY: '4',
      MAIL_SERVER: 'smtp.example.org',
      MAIL_USE_TLS: '1',
      BASE_URL: 'https://blog.example.org',
    };
    const rows = configurationTable(variables, loadConfig(variables));
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toMatchObject({
      HOST: '0.0.0.0',
      TRUST_PROXY: 'true',
      DATABASE_POOL: '5',
      LOG_FORMAT: 'json',
      MAIL_PORT: '587',
      MAIL_FROM: 'microblog@blog.example.org',
    });
    expect(rows.find(({ name }) => name === 'HOST')?.source).toBe('default');
  });

  it('shows nothing of a secret key', () => {
    expect(shownValue('SECRET_KEY', { SECRET_KEY: 'one secret key of two,another secret key' })).toBe(
      '********',
    );
  });

  it('shows nothing of the password of the mail server', () => {
    expect(shownValue('MAIL_PASSWORD', { MAIL_PASSWORD: 'pass-word' })).toBe('********');
  });

  it('shows the sign-in providers without their secrets', () => {
    const provider = {
      name: 'Own',
      issuer: 'https://id.example.org',
      clientId: 'blog',
      clientSecret: 's3cret',
    };
    expect(shownValue('OIDC_PROVIDERS', { OIDC_PROVIDERS: JSON.stringify([provider]) })).toBe(
      JSON.stringify([{ ...provider, clientSecret: '********' }]),
    );
    expect(shownValue('OIDC_PROVIDERS', { OIDC_PROVIDERS: 's3cret' })).toBe('********');
  });

  it.each([
    ['postgres://user:pass-word@host:5432/app', 'postgres://user:********@host:5432/app'],
    ['postgresql://user@host/app?sslmode=require', 'postgresql://user@host/app?sslmode=require'],
    ['postgres://user@host/app?password=pass-word', 'postgres://user@host/app?password=********'],
    ['not an address with pass-word', '********'],
  ])('masks the password in %s', (url, shown) => {
    expect(shownValue('DATABASE_URL', { DATABASE_URL: url })).toBe(shown);
  });
});

describe('docs/configuration.md', () => {
  it('is equal to configurationMarkdown() (renew it with `vitest run -u`)', async () => {
    await expect(configurationMarkdown()).toMatchFileSnapshot('../../../../docs/configuration.md');
  });
});
