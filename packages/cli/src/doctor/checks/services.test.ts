import {
  MicroblogError,
  memorySearchIndex,
  noTranslator,
  type SearchIndex,
  searchOff,
} from '@microblog/core';
import { fakeTranslator } from '@microblog/core/testing';
import { loadConfig } from '@microblog/host-koa/composition';
import { describe, expect, it } from 'vitest';
import { checkIdentityProviders } from './identity-providers.ts';
import { checkJobs } from './jobs.ts';
import { checkMail, checkMailSurroundings } from './mail.ts';
import { checkSearch } from './search.ts';
import { checkTranslator } from './translator.ts';

describe('search', () => {
  const none = { kind: 'none' } as const;

  it('is fine if it is off, if the index does not exist yet, and if it answers', async () => {
    expect(await checkSearch(searchOff, none)).toMatchObject({ verdict: 'ok', message: 'Search is off.' });
    const file = '/nowhere/search.db';
    expect(await checkSearch(memorySearchIndex(), { kind: 'file', file })).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining(file),
    });
    const index = memorySearchIndex();
    await index.add([], { complete: true, reached: null });
    expect(await checkSearch(index, none)).toMatchObject({ verdict: 'ok' });
  });

  it('gets a warning if the index is not complete', async () => {
    expect(await checkSearch(memorySearchIndex(), none)).toMatchObject({
      verdict: 'warn',
      remedy: expect.stringContaining('microblog search reindex'),
    });
  });

  it('fails if the index fails', async () => {
    const search = () => Promise.reject(new Error('no such table'));
    const broken: SearchIndex = { ...searchOff, enabled: true, search };
    expect(await checkSearch(broken, none)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('no such table'),
    });
  });
});

describe('jobs', () => {
  const queue = (changes: object) => ({
    statistics: async () => ({
      waiting: 1,
      scheduled: 0,
      running: 1,
      failed: 0,
      oldestWaitingSeconds: 3,
      ...changes,
    }),
  });

  it('are fine if they are run', async () => {
    expect((await checkJobs(queue({}))).map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(await checkJobs(null)).toEqual([]);
  });

  it('fail if no job has run for long, and get a warning if some failed for good', async () => {
    expect(await checkJobs(queue({ oldestWaitingSeconds: 900, failed: 2 }))).toMatchObject([
      { check: 'jobs', verdict: 'fail', message: expect.stringContaining('15 minutes') },
      { check: 'jobs.failed', verdict: 'warn', message: expect.stringContaining('2 jobs') },
    ]);
  });

  it('are not mentioned before the migrations that create their tables', async () => {
    const statistics = () => Promise.reject(new MicroblogError('migrations_pending', 'No table.'));
    expect(await checkJobs({ statistics })).toEqual([]);
  });

  it('fail if the queue cannot be read', async () => {
    const statistics = () => Promise.reject(new MicroblogError('storage_unavailable', 'Nothing there.'));
    expect(await checkJobs({ statistics })).toMatchObject([{ verdict: 'fail' }]);
  });
});

describe('mail', () => {
  const server = {
    host: 'mail.example.org',
    port: 25,
    encryption: 'optional',
    credentials: undefined,
  } as const;
  const smtp = { delivery: { kind: 'smtp', server }, admins: ['ada@example.org'] } as const;
  const none = { delivery: { kind: 'none' }, admins: [] } as const;
  const works = { verify: async () => {} };

  it('is fine if no mail is sent, and if the server accepts the program', async () => {
    expect(await checkMail(none, works)).toMatchObject({ verdict: 'ok' });
    expect(await checkMail({ ...none, delivery: { kind: 'log' } }, works)).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining('written to the log'),
    });
    expect(await checkMail(smtp, works)).toMatchObject({ verdict: 'ok' });
  });

  it('fails if the server refuses', async () => {
    const verify = () => Promise.reject(new MicroblogError('mail_failed', 'Wrong password.'));
    expect(await checkMail(smtp, { verify })).toMatchObject({
      verdict: 'fail',
      message: 'Wrong password.',
      remedy: expect.stringContaining('MAIL_PASSWORD'),
    });
  });

  it('links to the site, and reports faults to an administrator', () => {
    const verdicts = (settings: Parameters<typeof checkMailSurroundings>[0], origin?: string) =>
      checkMailSurroundings(settings, origin).map(({ check, verdict }) => `${check} ${verdict}`);
    expect(verdicts(smtp, 'https://blog.example.org')).toEqual(['mail.links ok', 'mail.admins ok']);
    expect(verdicts({ ...smtp, admins: [] })).toEqual(['mail.links warn', 'mail.admins warn']);
    expect(verdicts({ ...none, admins: smtp.admins })).toEqual(['mail.admins warn']);
    expect(verdicts(none)).toEqual([]);
  });
});

describe('sign-in providers', () => {
  const provider = { name: 'Own', issuer: 'https://id.example.org/', clientId: 'a', clientSecret: 'b' };
  const config = loadConfig({
    BASE_URL: 'https://blog.example.org',
    OIDC_PROVIDERS: JSON.stringify([
      provider,
      { ...provider, name: 'Other', issuer: 'https://other.example.org/' },
    ]),
  });

  it('are fine if they answer, and show the address to register there', async () => {
    const redirectUri = 'https://blog.example.org/login/own/callback';
    const findings = await checkIdentityProviders(config, async () => ({ redirectUri }));
    expect(findings.map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(findings[0]?.message).toContain(redirectUri);
    expect(await checkIdentityProviders(loadConfig({}), async () => ({ redirectUri }))).toEqual([]);
  });

  it('fail one by one, with a remedy', async () => {
    const findings = await checkIdentityProviders(config, async ({ name }) => {
      if (name === 'Own')
        throw new MicroblogError<string>('provider_unavailable', 'No answer (ECONNREFUSED).');
      return { redirectUri: 'x' };
    });
    expect(findings).toMatchObject([
      {
        verdict: 'fail',
        message: 'No answer (ECONNREFUSED).',
        remedy: expect.stringContaining('https://id.example.org/.well-known/openid-configuration'),
      },
      { verdict: 'ok' },
    ]);
  });
});

describe('the translator', () => {
  it('is fine if no translator is set, and if it translates', async () => {
    const translator = fakeTranslator();
    expect(await checkTranslator(noTranslator, ['en', 'es'])).toMatchObject([{ verdict: 'ok' }]);
    expect(await checkTranslator(translator, ['en', 'es'])).toEqual([
      { check: 'translation', verdict: 'ok', message: 'Fake translates into en, es.', remedy: null },
    ]);
    expect(translator.asked).toEqual([
      { text: 'Hola', from: 'es', to: 'en' },
      { text: 'Hello', from: 'en', to: 'es' },
    ]);
  });

  it('fails once, with a remedy, if it can’t be used', async () => {
    const translator = fakeTranslator();
    translator.behave('refuses');
    expect(await checkTranslator(translator, ['en', 'es'])).toMatchObject([
      { verdict: 'fail', remedy: expect.stringContaining('TRANSLATOR_KEY') },
    ]);
  });

  it('warns of each language that it does not offer', async () => {
    const translator = fakeTranslator();
    translator.behave('unsupported');
    expect(await checkTranslator(translator, ['en', 'es'])).toMatchObject([
      { verdict: 'warn', message: 'Fake does not translate into en.' },
      { verdict: 'warn', message: 'Fake does not translate into es.' },
    ]);
  });
});
