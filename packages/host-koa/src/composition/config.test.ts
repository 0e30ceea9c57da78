import { describe, expect, it } from 'vitest';
import { refusedConfiguration } from '../../tests/support/refused-configuration.ts';
import { type Config, loadConfig, secretsOf } from './config.ts';

const KEY = 'a secret key of some length';
const SERVER = 'postgres://user:pass-word@db.example.org:5432/app';
const onHeroku = { HEROKU: '1', DATABASE_URL: SERVER, SECRET_KEY: KEY };

describe('loadConfig', () => {
  it('needs no variable on a server of one’s own', () => {
    expect(loadConfig({})).toEqual({
      profile: 'vps',
      server: { host: '127.0.0.1', port: 5000, trustProxy: false, maxConcurrentRequests: 64, workers: 1 },
      site: {
        basePath: '',
        origin: undefined,
        languages: ['en', 'es'],
        brand: undefined,
        themeDirectory: undefined,
        requireLogin: false,
        embedOrigins: [],
        gravatar: true,
      },
      identityProviders: [],
      database: { kind: 'embedded', directory: './data/postgres', schema: 'microblog' },
      search: { kind: 'file', file: './data/search.db' },
      dataDirectory: './data',
      secretKeys: [],
      microblog: { postMaxLength: 140, postsPerPage: 50, maxSearchResults: 50, registration: 'open' },
      worker: 'inline',
      log: { level: 'info', format: 'terminal', file: undefined, slowStatements: 500 },
      mail: { delivery: { kind: 'log' }, from: { name: '', address: 'microblog@localhost' }, admins: [] },
      translation: { kind: 'none' },
      outgoingProxies: undefined,
      metrics: { token: null },
    } satisfies Config);
  });

  it('takes an empty variable as missing, and ignores unknown ones', () => {
    expect(loadConfig({ PORT: '', SECRET_KEY: '', DATABASE_URL: '', POSTS: 'x' })).toEqual(loadConfig({}));
  });

  it.each<[Record<string, string>, (config: Config) => unknown, unknown]>([
    [{ PORT: '0' }, ({ server }) => server.port, 0],
    [{ PORT: '65535' }, ({ server }) => server.port, 65_535],
    [{ HOST: '::' }, ({ server }) => server.host, '::'],
    [{ TRUST_PROXY: 'true' }, ({ server }) => server.trustProxy, true],
    [{ BASE_PATH: '/blog/' }, ({ site }) => site.basePath, '/blog'],
    [{ BASE_PATH: '/a/b' }, ({ site }) => site.basePath, '/a/b'],
    [{ BASE_PATH: '/' }, ({ site }) => site.basePath, ''],
    [{ LANGUAGES: ' es , en, es' }, ({ site }) => site.languages, ['es', 'en']],
    [{ LANGUAGES: 'en,de', THEME_DIR: 'looks' }, ({ site }) => site.languages, ['en', 'de']],
    [{ BRAND: ' The Reading Room ' }, ({ site }) => site.brand, 'The Reading Room'],
    [
      { DATABASE_URL: SERVER, DATABASE_PREPARE: 'false' },
      ({ database }) => database.kind === 'server' && database.prepare,
      false,
    ],
    [{ REQUIRE_LOGIN: 'TRUE' }, ({ site }) => site.requireLogin, true],
    [{ REQUIRE_LOGIN: '0' }, ({ site }) => site.requireLogin, false],
    [
      { EMBED_ORIGINS: ' HTTPS://Example.org:443/ ,http://localhost:8080, https://example.org,' },
      ({ site }) => site.embedOrigins,
      ['https://example.org', 'http://localhost:8080'],
    ],
    [{ EMBED_ORIGINS: '*' }, ({ site }) => site.embedOrigins, ['*']],
    [{ GRAVATAR: 'Off' }, ({ site }) => site.gravatar, false],
    [{ GRAVATAR: 'true' }, ({ site }) => site.gravatar, true],
    [{ GRAVATAR: 'http://127.0.0.1:8080' }, ({ site }) => site.gravatar, 'http://127.0.0.1:8080'],
    [{ DATABASE_SCHEMA: 'blog_2' }, ({ database }) => database.schema, 'blog_2'],
    [
      { DATA_DIR: '/srv/blog' },
      ({ database }) => database,
      { kind: 'embedded', directory: '/srv/blog/postgres', schema: 'microblog' },
    ],
    [{ SECRET_KEY: `${KEY} 1, ${KEY} 2` }, ({ secretKeys }) => secretKeys, [`${KEY} 1`, `${KEY} 2`]],
    [{ WORKER: 'off' }, ({ worker }) => worker, 'off'],
    [{ SLOW_QUERY_MS: '0' }, ({ log }) => log.slowStatements, null],
    [{ SLOW_QUERY_MS: '50' }, ({ log }) => log.slowStatements, 50],
    [{ METRICS_TOKEN: KEY }, ({ metrics }) => metrics, { token: KEY }],
    [{ ...onHeroku, METRICS_TOKEN: KEY }, ({ metrics }) => metrics, { token: KEY }],
    [onHeroku, ({ metrics }) => metrics, null],
    [{ LOG_LEVEL: 'silent' }, ({ log }) => log.level, 'silent'],
    [{ POSTS_PER_PAGE: '200' }, ({ microblog }) => microblog.postsPerPage, 200],
    [{ POST_MAX_LENGTH: '500' }, ({ microblog }) => microblog.postMaxLength, 500],
    [{ REGISTRATION: 'closed' }, ({ microblog }) => microblog.registration, 'closed'],
    [
      { DATABASE_URL: SERVER, DATABASE_POOL: '3' },
      ({ database }) => database,
      { kind: 'server', url: SERVER, schema: 'microblog', poolSize: 3, prepare: true, tls: undefined },
    ],
  ])('takes %j', (variables, read, expected) => {
    expect(read(loadConfig(variables))).toEqual(expected);
  });

  it.each(['postgres', 'postgresql'])('takes an address that begins with %s://', (protocol) => {
    const url = `${protocol}://user@localhost/app`;
    expect(loadConfig({ DATABASE_URL: url }).database).toMatchObject({ kind: 'server', url });
  });
});

describe('a variable that cannot be used', () => {
  const port = 'a whole number from 0 to 65535';
  const path = 'a path such as /blog';
  const flag = '1, 0, true or false';
  it.each([
    ['POSTS_PER_PAGE', 'abc', 'a whole number from 1 to 200'],
    ['POSTS_PER_PAGE', '0', 'a whole number from 1 to 200'],
    ['POSTS_PER_PAGE', '201', 'a whole number from 1 to 200'],
    ['POSTS_PER_PAGE', '1e2', 'a whole number from 1 to 200'],
    ['POST_MAX_LENGTH', '-5', 'a whole number from 1 to 5000'],
    ['PORT', '70000', port],
    ['PORT', '5000 ', port],
    ['PORT', '/run/socket', port],
    ['DATABASE_POOL', '0', 'a whole number from 1 to 100'],
    ['BASE_PATH', 'blog', path],
    ['BASE_PATH', '//evil.example', path],
    ['BASE_PATH', '/a b', path],
    [
      'DATABASE_SCHEMA',
      'My-Schema',
      'a name of small letters, digits and _, 45 characters at most, not beginning with pg_',
    ],
    ['WORKER', 'on', 'inline or off'],
    ['HEROKU', 'yes', flag],
    ['REQUIRE_LOGIN', '2', flag],
    ['DATABASE_PREPARE', 'off', flag],
    ['TRUST_PROXY', 'loopback', flag],
    ['LOG_LEVEL', 'verbose', 'debug, info, warn, error or silent'],
    ['REGISTRATION', 'off', 'open or closed'],
    ['LANGUAGES', 'en,de', 'some of ar,en,es,fr, separated by commas'],
    ['LANGUAGES', ',', 'some of ar,en,es,fr, separated by commas'],
    ['BRAND', '   ', 'a name'],
  ])('is named, with the expected and the given value: %s=%s', (name, value, expected) => {
    const error = refusedConfiguration({ [name]: value });
    expect(error.message).toBe(`Configuration: ${name}: expected ${expected}, got "${value}"`);
    expect(error.faults).toHaveLength(1);
  });

  it('is quoted in one line at most', () => {
    expect(refusedConfiguration({ PORT: 'x'.repeat(1000) }).message.length).toBeLessThan(160);
  });

  it('is reported in one message with all the others', () => {
    const { faults, message } = refusedConfiguration({
      PORT: 'x',
      REGISTRATION: 'x',
      POSTS_PER_PAGE: 'x',
      HEROKU: '1',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'POSTS_PER_PAGE',
      'REGISTRATION',
      'DATABASE_URL',
      'SECRET_KEY',
    ]);
    expect(message.split('\n')).toHaveLength(6);
  });
});

describe('BASE_URL', () => {
  it.each([
    'https://example.org',
    'https://example.org/',
    'https://example.org/blog',
    'https://example.org/blog/',
  ])('is the site, with or without the path that BASE_PATH has: %s', (url) => {
    expect(loadConfig({ BASE_URL: url, BASE_PATH: '/blog' }).site.origin).toBe('https://example.org');
  });

  it.each([
    'example.org',
    'ftp://example.org',
    'https://user:pass-word@example.org',
    'https://example.org/?a',
    '/blog',
  ])('is no address of a site: %s', (url) => {
    const { message } = refusedConfiguration({ BASE_URL: url });
    expect(message).toContain('BASE_URL: expected an address such as https://blog.example.org');
    expect(message).not.toContain('pass-word');
  });

  it('has no path other than BASE_PATH', () => {
    expect(refusedConfiguration({ BASE_URL: 'https://example.org/blog' }).message).toBe(
      'Configuration: BASE_URL: its path is /blog, but BASE_PATH is not set; make them alike',
    );
  });
});

describe('pictures from elsewhere', () => {
  it.each(['gravatar.com', 'https://gravatar.com/avatar', 'https://a.example;script-src *', 'maybe'])(
    'come from an origin, not %s',
    (text) => {
      expect(refusedConfiguration({ GRAVATAR: text }).message).toContain(
        'GRAVATAR: expected on, off, or the origin of a service like Gravatar, such as',
      );
    },
  );
});

describe('the sites that may show posts', () => {
  it.each(['example.org', 'https://example.org/blog', 'https://*.example.org', '*, example.org', "'self'"])(
    'are origins, not %s',
    (origins) => {
      expect(refusedConfiguration({ EMBED_ORIGINS: origins }).message).toContain(
        'EMBED_ORIGINS: expected *, or origins such as https://example.org, without a path, separated by commas',
      );
    },
  );
});

describe('logs', () => {
  it('are pretty at a terminal, JSON on Heroku, and as LOG_FORMAT says if it is set', () => {
    const format = (variables: Record<string, string>) => loadConfig(variables).log.format;
    expect(format({})).toBe('terminal');
    expect(format(onHeroku)).toBe('json');
    expect([format({ LOG_FORMAT: 'json' }), format({ ...onHeroku, LOG_FORMAT: 'pretty' })]).toEqual([
      'json',
      'pretty',
    ]);
    expect(refusedConfiguration({ LOG_FORMAT: 'xml' }).message).toContain(
      'LOG_FORMAT: expected json or pretty, got "xml"',
    );
  });

  it('have no file on Heroku', () => {
    expect(refusedConfiguration({ ...onHeroku, LOG_FILE: 'blog.log' }).message).toContain(
      'heroku config:unset LOG_FILE',
    );
  });
});

describe('a secret that cannot be used', () => {
  it.each([
    ['SECRET_KEY', 'too-short', 'keys of at least 16 characters, separated by commas'],
    ['SECRET_KEY', `${KEY},too-short`, 'keys of at least 16 characters, separated by commas'],
    [
      'DATABASE_URL',
      'mysql://user:pass-word@host/app',
      'an address such as postgres://user:password@host:5432/name',
    ],
    ['DATABASE_URL', 'user:pass-word@host/app', 'an address such as postgres://user:password@host:5432/name'],
  ])('is named but not shown: %s', (name, value, expected) => {
    expect(refusedConfiguration({ [name]: value }).message).toBe(
      `Configuration: ${name}: expected ${expected}`,
    );
  });
});

describe('OIDC_PROVIDERS', () => {
  const google = {
    name: 'Google',
    issuer: 'https://accounts.google.com',
    clientId: 'blog',
    clientSecret: 'a s3cret',
  };
  const BASE_URL = 'https://blog.example.org';
  const given = (...providers: object[]) => ({ BASE_URL, OIDC_PROVIDERS: JSON.stringify(providers) });

  it('is a list, whose secrets are kept out of logs', () => {
    const keycloak = { ...google, name: 'Key cloak', issuer: 'http://127.0.0.1:8080/realms/blog' };
    const config = loadConfig(given(google, { ...keycloak, clientSecret: 'another s3cret' }));
    expect(config.identityProviders.map(({ name }) => name)).toEqual(['Google', 'Key cloak']);
    expect(secretsOf(config)).toEqual(expect.arrayContaining(['a s3cret', 'another s3cret']));
    expect(loadConfig({ OIDC_PROVIDERS: '[]' }).identityProviders).toEqual([]);
  });

  it.each<[what: string, variables: Record<string, string>, fault: string | RegExp]>([
    ['no address', { OIDC_PROVIDERS: JSON.stringify([google]) }, /^BASE_URL: required with OIDC_PROVIDERS/],
    ['no JSON', { BASE_URL, OIDC_PROVIDERS: 's3cret' }, /^OIDC_PROVIDERS: expected JSON/],
    ['no list', { BASE_URL, OIDC_PROVIDERS: '{"clientSecret":"s3cret"}' }, /expected a list of providers/],
    ['no provider', { BASE_URL, OIDC_PROVIDERS: '["s3cret"]' }, /expected entry 1 to have name, issuer/],
    [
      'http',
      given(google, { ...google, name: 'b', issuer: 'http://id.example.org' }),
      /issuer of entry 2 to be an https/,
    ],
    ['no address of an issuer', given({ ...google, issuer: 'google' }), /issuer of entry 1 to be an https/],
    ['an issuer with a query', given({ ...google, issuer: 'https://a.example/?x' }), /without user, query/],
    ['an issuer with a password', given({ ...google, issuer: 'https://a:s3cret@a.example' }), /without user/],
    ['no secret', given({ ...google, clientSecret: '' }), /clientSecret of entry 1 to be a text/],
    ['an invalid secret', given({ ...google, clientSecret: 7 }), /clientSecret of entry 1 to be a text/],
    ['no id', given({ name: 'a', issuer: 'https://a.example', clientSecret: 'b' }), /clientId of entry 1/],
    ['a name without a letter', given({ ...google, name: '漢字' }), /a name with a letter/],
    ['a long name', given({ ...google, name: 'a'.repeat(41) }), /at most 40 characters/],
    [
      'names alike',
      given(google, { ...google, name: 'google!', issuer: 'https://a.example' }),
      /two of them make \/login\/google/,
    ],
    [
      'an issuer twice',
      given(google, {
        ...google,
        name: 'For work',
        issuer: 'https://Accounts.google.com/',
        clientId: 'work',
      }),
      /expected issuers that differ: each provider once/,
    ],
    ['another spelling', given({ ...google, client_id: 'x' }), /in entry 1 only name, .*not client_id/],
  ])('refuses %s, without repeating it', (_, variables, fault) => {
    const { faults } = refusedConfiguration(variables);
    expect(faults).toEqual([expect.stringMatching(fault)]);
    expect(faults.join()).not.toContain('s3cret');
  });
});
