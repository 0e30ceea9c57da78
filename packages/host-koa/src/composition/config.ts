import type { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import { environmentSchema } from './environment.ts';

type Environment = z.output<typeof environmentSchema>;

/** What the process was told to do, checked. Made once at start and handed on in parts. */
export interface Config {
  readonly profile: 'vps' | 'heroku';
  readonly server: { readonly host: string; readonly port: number; readonly trustProxy: boolean };
  readonly site: {
    readonly basePath: string;
    readonly languages: readonly string[];
    readonly requireLogin: boolean;
  };
  readonly database:
    | {
        readonly kind: 'server';
        readonly url: string;
        readonly schema: string;
        readonly poolSize: number;
        /** Absent where the address itself says how to use TLS. */
        readonly tls: 'unverified' | undefined;
      }
    | { readonly kind: 'embedded'; readonly directory: string; readonly schema: string };
  readonly dataDirectory: string;
  /** The first signs, all of them verify. Empty: one is made and kept in the data directory. */
  readonly secretKeys: readonly string[];
  readonly microblog: {
    readonly postMaxLength: number;
    readonly postsPerPage: number;
    readonly registration: 'open' | 'closed';
  };
  /** Whether the process that serves pages also runs jobs. */
  readonly worker: 'inline' | 'off';
  readonly log: { readonly level: Environment['LOG_LEVEL'] };
}

/**
 * Reads the configuration from environment variables; unknown ones are left alone.
 * @throws {ConfigurationError} with every fault, by variable, and what was expected. Never with a secret.
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const profile = /^(1|true)$/i.test(given.HEROKU ?? '') || given.DYNO !== undefined ? 'heroku' : 'vps';
  const parsed = environmentSchema.safeParse(given);
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error, given)),
    ...(profile === 'heroku' ? missingOnHeroku(given) : []),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  const env = parsed.data;
  return {
    profile,
    server: {
      host: env.HOST ?? (profile === 'heroku' ? '0.0.0.0' : '127.0.0.1'),
      port: env.PORT,
      trustProxy: env.TRUST_PROXY ?? profile === 'heroku',
    },
    site: { basePath: env.BASE_PATH, languages: env.LANGUAGES, requireLogin: env.REQUIRE_LOGIN },
    database: databaseOf(env, profile, variables.PGSSLMODE),
    dataDirectory: env.DATA_DIR,
    secretKeys: env.SECRET_KEY,
    microblog: {
      postMaxLength: env.POST_MAX_LENGTH,
      postsPerPage: env.POSTS_PER_PAGE,
      registration: env.REGISTRATION,
    },
    worker: env.WORKER,
    log: { level: env.LOG_LEVEL },
  };
}

function databaseOf(
  env: Environment,
  profile: Config['profile'],
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
    poolSize: env.DATABASE_POOL,
    // Heroku Postgres demands TLS with a chain that does not verify.
    tls: profile === 'heroku' && !saysHow ? 'unverified' : undefined,
  };
}

/** A dyno has no disk to keep a database or a key on. */
function missingOnHeroku(given: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (given.DATABASE_URL === undefined) {
    faults.push('DATABASE_URL: required on Heroku; add a database: heroku addons:create heroku-postgresql');
  }
  if (given.SECRET_KEY === undefined) {
    faults.push(
      'SECRET_KEY: required on Heroku; set one: heroku config:set SECRET_KEY="$(openssl rand -base64 32)"',
    );
  }
  return faults;
}

const secret = new Set(['SECRET_KEY', 'DATABASE_URL']);

function faultsOf(error: z.ZodError, given: Record<string, string | undefined>): string[] {
  return error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = given[name];
    const got = value === undefined || secret.has(name) ? '' : `, got "${value.slice(0, 60)}"`;
    return `${name}: expected ${message}${got}`;
  });
}
