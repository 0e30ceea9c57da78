import { type Finding, ok, warn } from '../../finding.ts';
import { isLoopback } from '../proxy.ts';
import type { ReachedDatabase, ServerSettings } from './database.ts';

export interface TlsFacts {
  readonly host: string;
  /** The name of Postgres, such as `TLSv1.3`; null if the connection is not encrypted. */
  readonly version: string | null;
  /** Whether the certificate of the server was verified. */
  readonly verified: boolean;
  readonly profile: 'vps' | 'heroku';
}

/**
 * Whether others on the network can read the connection. `sslMode` comes from the environment; it is used if the
 * address has none.
 */
export async function checkTls(
  { diagnosis, config }: ReachedDatabase,
  settings: ServerSettings,
  sslMode: string | undefined,
): Promise<Finding> {
  const url = new URL(settings.url);
  const mode = url.searchParams.get('sslmode') ?? sslMode ?? '';
  // In libpq, only these two verify the server.
  const asLibpq = url.searchParams.get('uselibpqcompat') === 'true';
  const trustsAnyServer = asLibpq ? !/^verify-(ca|full)$/.test(mode) : mode === 'no-verify';
  return judgeTls({
    host: url.hostname,
    version: await diagnosis.encryption(),
    verified: settings.tls !== 'unverified' && !trustsAnyServer,
    profile: config.profile,
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
    return ok('database.tls', `The connection is encrypted (${version}) and the server is verified.`);
  if (profile === 'heroku') {
    return ok(
      'database.tls',
      `The connection is encrypted (${version}); Heroku’s certificates can't be verified.`,
    );
  }
  return warn(
    'database.tls',
    `The connection is encrypted (${version}), but any server would be trusted.`,
    'Use sslmode=verify-full with sslrootcert in DATABASE_URL.',
  );
}
