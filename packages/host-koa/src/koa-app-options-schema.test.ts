import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { koaAppOptionsTable, parseKoaAppOptions } from './koa-app-options-schema.ts';

const secretKeys = ['a secret key for tests alone'];
const parse = (given: object) => parseKoaAppOptions({ secretKeys, ...given });

describe('options of createKoaApp', () => {
  it('have defaults', () => {
    expect(parse({})).toMatchObject({
      ...{ basePath: '', languages: ['en', 'es'], requireLogin: false, gravatar: false, compress: false },
      ...{ trustProxy: false, limitAttempts: true, authenticateTimeout: 10_000, embedOrigins: [] },
    });
  });

  it('may be undefined', () => {
    expect(parse({ basePath: undefined, observers: undefined })).toMatchObject({
      basePath: '',
      observers: [],
    });
  });

  it.each([
    ['requirelogin', 'requireLogin'],
    ['secretKey', 'secretKeys'],
    ['trustproxy', 'trustProxy'],
    ['basepaht', 'basePath'],
    ['identityProvider', 'identityProviders'],
  ])('that are misspelt are refused: %s is not %s', (name, known) => {
    expect(() => parse({ [name]: true })).toThrow(
      `createKoaApp: there is no option '${name}': did you mean '${known}'?`,
    );
  });

  it.each([
    [{ requireLogin: 'false' }, 'requireLogin: expected true or false'],
    [{ trustProxy: 1 }, 'trustProxy: expected true or false'],
    [{ languages: 'en,es' }, 'languages: expected a list, each a language such as en'],
    [{ languages: ['en', 7] }, 'languages.1: expected a language such as en'],
    [{ basePath: 4 }, 'basePath: expected a path such as /blog'],
    [{ authenticate: 'me' }, 'authenticate: expected a function'],
    [{ loginUrl: 5 }, 'loginUrl: expected an address or a function that makes one'],
    [{ authenticateTimeout: '10' }, 'authenticateTimeout: expected milliseconds'],
    [{ authenticateTimeout: 0 }, 'authenticateTimeout: expected milliseconds, more than 0'],
    [{ gravatar: 1 }, 'gravatar: expected true, false or an origin'],
    [{ logger: { info() {} } }, 'logger: expected a logger with debug, info, warn and error'],
    [{ observers: [{}] }, 'observers: expected a list of functions'],
    [{ readiness: {} }, 'readiness: expected the result of readiness()'],
    [{ metricsPage: {} }, 'metricsPage: expected an object with source and token'],
    [{ locales: 'texts' }, 'locales: expected texts by language'],
  ])('of a wrong type are refused: %j', (given, message) => {
    expect(() => parse(given)).toThrow(`createKoaApp: ${message}`);
  });

  it('never quote secrets when they are refused', () => {
    expect(() => parse({ secretKeys: 'a very secret key' })).toThrow(
      /^createKoaApp: secretKeys: expected a list, each a text of at least 16 characters$/,
    );
  });

  it('are a table in docs/embedding.md', () => {
    const page = readFileSync(new URL('../../../docs/embedding.md', import.meta.url), 'utf8');
    expect(page).toContain(koaAppOptionsTable());
  });
});
