import { describe, expect, it } from 'vitest';
import { checkConfiguration } from './configuration.ts';
import { isMisspelt } from './misspelling.ts';

describe('the configuration', () => {
  it('is fine if nothing is set', () => {
    const { findings, config } = checkConfiguration({ PATH: '/bin', HOME: '/root', LANGUAGE: 'en' });
    expect(findings).toMatchObject([{ check: 'configuration', verdict: 'ok' }]);
    expect(config?.profile).toBe('vps');
  });

  it('fails with a finding for each faulty variable, and returns the rest without them', () => {
    const { findings, config } = checkConfiguration({ PORT: 'x', POSTS_PER_PAGE: '0', POST_MAX_LENGTH: '7' });
    expect(findings.map(({ verdict, message }) => [verdict, message.split(':')[0]])).toEqual([
      ['fail', 'PORT'],
      ['fail', 'POSTS_PER_PAGE'],
    ]);
    expect(config).toMatchObject({ server: { port: 5000 }, microblog: { postMaxLength: 7 } });
  });

  it('fails without a rest if a required variable is missing', () => {
    const { findings, config } = checkConfiguration({ HEROKU: '1' });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
    expect(config).toBeNull();
  });

  it('shows no secret', () => {
    const { findings } = checkConfiguration({ SECRET_KEY: 'tiny', DATABASE_URL: 'mysql://u:hidden@h/d' });
    expect(JSON.stringify(findings)).not.toMatch(/tiny|hidden/);
  });

  it('warns of a variable that is nearly one of ours', () => {
    const { findings } = checkConfiguration({ POSTS_PERPAGE: '7', DATABSAE_URL: 'x', SECRET_KEYS: 'x' });
    expect(findings.slice(1).map(({ verdict, remedy }) => [verdict, remedy])).toEqual([
      ['warn', 'If POSTS_PER_PAGE is meant, rename it.'],
      ['warn', 'If DATABASE_URL is meant, rename it.'],
      ['warn', 'If SECRET_KEY is meant, rename it.'],
    ]);
  });
});

it.each([
  ['DATABASE_URI', 'DATABASE_URL', true],
  ['DATABASE_UR', 'DATABASE_URL', true],
  ['DATABASE_URLS', 'DATABASE_URL', true],
  ['DATABASE_RUL', 'DATABASE_URL', true],
  ['XATABASE_URL', 'DATABASE_URL', true],
  ['DATABASE_URL', 'DATABASE_URL', false],
  ['DATABASE', 'DATABASE_URL', false],
  ['TEST_DATABASE_URL', 'DATABASE_URL', false],
  ['HOSTS', 'HOST', false],
  ['LANGUAGE', 'LANGUAGES', false],
  ['ABCDEF', 'FEDCBA', false],
])('%s for %s: %s', (name, meant, misspelt) => {
  expect(isMisspelt(name, meant)).toBe(misspelt);
});
