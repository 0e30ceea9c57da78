import type { z } from 'zod';
import { catalogues } from '../i18n/catalogues.ts';
import type { OutgoingProxies } from '../outbound/http/outgoing-fetch.ts';
import {
  type ProviderSettings,
  secretsOfProvider,
} from '../outbound/identity-providers/provider-settings.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type Environment, environmentSchema, type HostingProfile, knownLanguages } from './environment.ts';
import { faultsOnHeroku } from './heroku-faults.ts';
import { type MailConfig, mailConfig, mailFaults } from './mail-config.ts';
import { poolShare, tooManyForEmbedded } from './processes.ts';
import { type TranslationConfig, translationConfig, translationFaults } from './translation-config.ts';

/** The checked configuration of a process. Made once at start; each part of the program gets its part. */
export interface Config {
  readonly profile: HostingProfile;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly trustProxy: boolean;
    /** Of each process. */
    readonly maxConcurrentRequests: number;
    /** Processes that answer requests. */
    readonly workers: number;
  };
  readonly site: {
    readonly basePath: string;
    /** The site's public address without a path: `https://blog.example.org`. */
    readonly origin: string | undefined;
    readonly languages: readonly string[];
    /** Undefined: the name in the theme. */
    readonly brand: string | undefined;
    readonly themeDirectory: string | undefined;
    readonly requireLogin: boolean;
    /** Sites whose pages may show embeds; `*` allows all. */
    readonly embedOrigins: readonly string[];
    /** True for Gravatar itself, a text for the origin of another service. */
    readonly gravatar: boolean | string;
  };
  /** Providers with which people may sign in, besides a password. */
  readonly identityProviders: readonly ProviderSettings[];
  readonly database:
    | {
        readonly kind: 'server';
        readonly url: string;
        readonly schema: string;
        readonly poolSize: number;
        /** Whether connections keep prepared statements. */
        readonly prepare: boolean;
        /** Absent if the address itself says how to use TLS. */
        readonly tls: 'unverified' | undefined;
      }
    | { readonly kind: 'embedded'; readonly directory: string; readonly schema: string };
  readonly dataDirectory: string;
  readonly search: { readonly kind: 'none' | 'postgres' } | { readonly kind: 'file'; readonly file: string };
  /** The first signs, all verify. Empty: one is generated and stored in the data directory. */
  readonly secretKeys: readonly string[];
  readonly microblog: {
    readonly postMaxLength: number;
    readonly postsPerPage: number;
    readonly maxSearchResults: number;
    readonly registration: 'open' | 'closed';
    /** Absent: the usual ones. */
    readonly reservedNicknames?: readonly string[];
  };
  /** Whether the process that serves pages also runs jobs. */
  readonly worker: 'inline' | 'off';
  readonly log: {
    readonly level: Environment['LOG_LEVEL'];
    /** Of standard output; `terminal` is pretty on a terminal, and JSON lines elsewhere. */
    readonly format: 'json' | 'pretty' | 'terminal';
    readonly file: string | undefined;
    /** Milliseconds; null logs no statement. */
    readonly slowStatements: number | null;
  };
  readonly mail: MailConfig;
  readonly translation: TranslationConfig;
  /** Proxies for calls to other services; undefined for none. */
  readonly outgoingProxies: OutgoingProxies | undefined;
  /** Null: there is no such page. A null token: the page is open to everyone. */
  readonly metrics: { readonly token: string | null } | null;
}

export interface ConfigPurpose {
  /** True if the process is going to listen, and therefore needs a port. Default: false. */
  readonly listens?: boolean;
}

/**
 * Reads the configuration from environment variables; unknown ones are ignored.
 * @throws {ConfigurationError} with every fault, by variable, and the expected value. Never with a secret.
 */
export function loadConfig(
  variables: Readonly<Record<string, string | undefined>>,
  { listens = false }: ConfigPurpose = {},
): Config {
  const given = Object.fromEntries(
    Object.entries({ ...variables, ...proxyVariables(variables) }).filter(([, value]) => value !== ''),
  );
  const profile = /^(1|true)$/i.test(given.HEROKU ?? '') || given.DYNO !== undefined ? 'heroku' : 'vps';
  const parsed = environmentSchema.safeParse(given);
  const faults = [
    ...(parsed.success ? clashes(parsed.data) : faultsOf(parsed.error, given)),
    ...(profile === 'heroku' ? faultsOnHeroku(given, listens) : []),
    ...(parsed.success && profile === 'vps' ? tooManyForEmbedded(parsed.data) : []),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  const env = parsed.data;
  return {
    profile,
    server: {
      host: env.HOST ?? (profile === 'heroku' ? '0.0.0.0' : '127.0.0.1'),
      port: env.PORT,
      trustProxy: env.TRUST_PROXY ?? profile === 'heroku',
      maxConcurrentRequests: env.MAX_CONCURRENT_REQUESTS,
      workers: env.WEB_CONCURRENCY,
    },
    site: {
      basePath: env.BASE_PATH,
      origin: env.BASE_URL === undefined ? undefined : new URL(env.BASE_URL).origin,
      languages: env.LANGUAGES,
      brand: env.BRAND,
      themeDirectory: env.THEME_DIR,
      requireLogin: env.REQUIRE_LOGIN,
      embedOrigins: env.EMBED_ORIGINS,
      gravatar: env.GRAVATAR === 'on' || (env.GRAVATAR !== 'off' && env.GRAVATAR),
    },
    identityProviders: env.OIDC_PROVIDERS,
    database: databaseOf(env, profile, variables.PGSSLMODE),
    dataDirectory: env.DATA_DIR,
    search: searchOf(env, profile),
    secretKeys: env.SECRET_KEY,
    microblog: {
      postMaxLength: env.POST_MAX_LENGTH,
      postsPerPage: env.POSTS_PER_PAGE,
      maxSearchResults: env.MAX_SEARCH_RESULTS,
      registration: env.REGISTRATION,
      ...(env.RESERVED_NICKNAMES === undefined ? {} : { reservedNicknames: env.RESERVED_NICKNAMES }),
    },
    worker: env.WORKER,
    log: {
      level: env.LOG_LEVEL,
      format: env.LOG_FORMAT ?? (profile === 'heroku' ? 'json' : 'terminal'),
      file: env.LOG_FILE,
      slowStatements: env.SLOW_QUERY_MS === 0 ? null : env.SLOW_QUERY_MS,
    },
    mail: mailConfig(env, profile),
    translation: translationConfig(env),
    outgoingProxies: outgoingProxies(env),
    metrics: metricsOf(env, profile),
  };
}

function databaseOf(
  env: Environment,
  profile: HostingProfile,
  sslMode: string | undefined,
): Config['database'] {
  const schema = env.DATABASE_SCHEMA;
  if (env.DATABASE_URL === undefined) {
    return { kind: 'embedded', directory: `${env.DATA_DIR}/postgres`, schema };
  }
  const saysHow = sslMode !== undefined || new URL(env.DATABASE_URL).searchParams.has('sslmode');
  return {
    kind: 'server',
    url: env.DATABASE_URL,
    schema,
    poolSize: env.DATABASE_POOL ?? poolShare(env.WEB_CONCURRENCY),
    prepare: env.DATABASE_PREPARE,
    // Heroku Postgres demands TLS with a chain that does not verify.
    tls: profile === 'heroku' && !saysHow ? 'unverified' : undefined,
  };
}

/** Most programs read these names in small letters first. */
function proxyVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
  return Object.fromEntries(names.map((name) => [name, variables[name.toLowerCase()] || variables[name]]));
}

function outgoingProxies({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY }: Environment): OutgoingProxies | undefined {
  if (HTTPS_PROXY === undefined && HTTP_PROXY === undefined) return undefined;
  return { https: HTTPS_PROXY, http: HTTP_PROXY, except: NO_PROXY };
}

function searchOf({ SEARCH, DATA_DIR }: Environment, profile: HostingProfile): Config['search'] {
  const kind = SEARCH ?? (profile === 'heroku' ? 'none' : 'file');
  return kind === 'file' ? { kind, file: `${DATA_DIR}/search.db` } : { kind };
}

/** The keys and passwords, which no log or page may show. */
export function secretsOf(config: Config): readonly string[] {
  const { secretKeys, database, mail, metrics, identityProviders, translation, outgoingProxies } = config;
  const { delivery } = mail;
  const password = database.kind === 'server' ? new URL(database.url).password : '';
  const credentials = delivery.kind === 'smtp' ? delivery.server.credentials : undefined;
  // The password as written in the address, and decoded, as the server gets it.
  return [
    ...secretKeys,
    password,
    percentDecoded(password),
    credentials?.password ?? '',
    metrics?.token ?? '',
    translation.kind === 'none' ? '' : (translation.key ?? ''),
    ...identityProviders.flatMap(secretsOfProvider),
    ...[outgoingProxies?.http, outgoingProxies?.https].flatMap((proxy) => passwordsIn(proxy)),
  ];
}

function passwordsIn(url: string | undefined): string[] {
  const password = url === undefined ? '' : new URL(url).password;
  return password === '' ? [] : [password, percentDecoded(password)];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Variables that are valid alone, but contradict each other. */
function clashes(env: Environment): string[] {
  const path = env.BASE_URL === undefined ? '' : new URL(env.BASE_URL).pathname.replace(/\/$/, '');
  const faults = [...mailFaults(env), ...translationFaults(env)];
  if (path !== '' && path !== env.BASE_PATH) {
    faults.push(
      `BASE_URL: its path is ${path}, but BASE_PATH is ${env.BASE_PATH || 'not set'}; make them alike`,
    );
  }
  if (env.OIDC_PROVIDERS.length > 0 && env.BASE_URL === undefined) {
    faults.push('BASE_URL: required with OIDC_PROVIDERS; set it to the address that providers lead back to');
  }
  // Languages of a theme are known only when it is read.
  if (env.THEME_DIR === undefined && !env.LANGUAGES.every((tag) => Object.hasOwn(catalogues, tag))) {
    faults.push(
      `LANGUAGES: expected some of ${knownLanguages}, separated by commas, got "${env.LANGUAGES.join(',')}"`,
    );
  }
  return faults;
}

/** On Heroku the page is reachable from everywhere, so it needs a token there. */
function metricsOf({ METRICS_TOKEN }: Environment, profile: HostingProfile): Config['metrics'] {
  return METRICS_TOKEN === undefined && profile === 'heroku' ? null : { token: METRICS_TOKEN ?? null };
}

const secret = new Set([
  'SECRET_KEY',
  'DATABASE_URL',
  'MAIL_PASSWORD',
  'METRICS_TOKEN',
  'OIDC_PROVIDERS',
  'TRANSLATOR_KEY',
]);

function faultsOf(error: z.ZodError, given: Record<string, string | undefined>): string[] {
  return error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = given[name];
    // With an @, it may be an e-mail address, or a password before a host.
    const hidden = value === undefined || secret.has(name) || value.includes('@');
    const got = hidden ? '' : `, got "${value.slice(0, 60)}"`;
    return `${name}: expected ${message}${got}`;
  });
}
