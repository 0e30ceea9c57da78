import { type Finding, ok, warn } from '../../finding.ts';
import { isLoopback } from '../proxy.ts';
import { askRow, type ReachedDatabase, type ServerSettings } from './database.ts';

export interface TlsFacts {
  readonly host: string;
  /** As Postgres names it, such as `TLSv1.3`; null where nothing is encrypted. */
  readonly version: string | null;
  /** Whether the server had to prove who it is. */
  readonly verified: boolean;
  readonly profile: 'vps' | 'heroku';
}

/**
 * Whether others can listen in on the way to the database. `sslMode` is that of the environment, which holds
 * where the address has none.
 */
export async function checkTls(
  database: ReachedDatabase,
  settings: ServerSettings,
  sslMode: string | undefined,
): Promise<Finding> {
  const { version } = await askRow(
    database,
    'select version from pg_stat_ssl where pid = pg_backend_pid() and ssl',
  );
  const url = new URL(settings.url);
  const mode = url.searchParams.get('sslmode') ?? sslMode ?? '';
  // As libpq has it, only these two look at who the server is.
  const asLibpq = url.searchParams.get('uselibpqcompat') === 'true';
  const believesAnybody = asLibpq ? !/^verify-(ca|full)$/.test(mode) : mode === 'no-verify';
  return judgeTls({
    host: url.hostname,
    version: typeof version === 'string' ? version : null,
    verified: settings.tls !== 'unverified' && !believesAnybody,
    profile: database.config.profile,
  });
}

export function judgeTls({ host, version, verified, profile }: TlsFacts): Finding {
  if (version === null) {
    return host === '' || isLoopback(host)
      ? ok('database.tls', 'The connection is not encrypted, and does not leave this machine.')
      : warn(
          'database.tls',
          'The connection crosses the network without encryption.',
          'Turn on ssl in the server, and add sslmode=verify-full to DATABASE_URL.',
        );
  }
  if (verified)
    return ok('database.tls', `The connection is encrypted (${version}) and the server verified.`);
  if (profile === 'heroku') {
    return ok(
      'database.tls',
      `The connection is encrypted (${version}); Heroku’s certificates can't be verified.`,
    );
  }
  return warn(
    'database.tls',
    `The connection is encrypted (${version}), but any server would be believed.`,
    'Use sslmode=verify-full with sslrootcert in DATABASE_URL.',
  );
}
