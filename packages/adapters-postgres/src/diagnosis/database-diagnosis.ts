import { migrationStatus } from '../migrations/migrate.ts';
import type { MigrationStatus } from '../migrations/runner.ts';
import type { PostgresStorage } from '../postgres-storage.ts';
import { storageError } from '../storage-errors.ts';
import type { AskRow } from './ask-row.ts';
import { type DatabasePrivileges, readPrivileges } from './database-privileges.ts';

/**
 * Facts about a database, for operators' checks. Each statement takes at most five seconds.
 * @throws {MicroblogError} All methods: the errors of `Storage`, above all `storage_unavailable`.
 */
export interface DatabaseDiagnosis {
  /** The location of the database, for messages; without a password. */
  readonly location: string;
  readonly schema: string;
  /** The release of Postgres. */
  server(): Promise<{ readonly version: string; readonly major: number }>;
  /** The duration of one trivial statement, in milliseconds. */
  roundTrip(): Promise<number>;
  /** The TLS version, such as `TLSv1.3`; null if the connection is not encrypted. */
  encryption(): Promise<string | null>;
  /** The clock of the server in milliseconds since 1970, and its time zone. */
  clock(): Promise<{ readonly time: number; readonly zone: string }>;
  /** `limit`: connections that server, database and role allow this user. `used`: connections that others have open. */
  connections(): Promise<{ readonly limit: number; readonly used: number }>;
  privileges(): Promise<DatabasePrivileges>;
  migrations(): Promise<MigrationStatus>;
}

/** In milliseconds. A database that answers such questions more slowly has a fault. */
const STATEMENT_TIMEOUT = 5_000;

/** Reads facts about the database of a storage. Changes nothing. */
export function databaseDiagnosis(storage: PostgresStorage): DatabaseDiagnosis {
  const { location, schema } = storage;
  const askRow: AskRow = async (sql, bindings = []) => {
    try {
      const { rows } = await storage.knex.raw(sql, [...bindings]).timeout(STATEMENT_TIMEOUT);
      return rows[0] ?? {};
    } catch (error) {
      throw storageError(error, location);
    }
  };
  return {
    location,
    schema,
    async server() {
      const { version, number } = await askRow(
        `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
      );
      return { version: String(version), major: Math.floor(Number(number) / 10_000) };
    },
    async roundTrip() {
      const start = performance.now();
      await askRow('select 1');
      return performance.now() - start;
    },
    async encryption() {
      const { version } = await askRow(
        'select version from pg_stat_ssl where pid = pg_backend_pid() and ssl',
      );
      return typeof version === 'string' ? version : null;
    },
    async clock() {
      const { time, zone } = await askRow(
        `select extract(epoch from clock_timestamp()) * 1000 as time, current_setting('TimeZone') as zone`,
      );
      return { time: Number(time), zone: String(zone) };
    },
    async connections() {
      const { limit, used } = await askRow(
        `select least(
                  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - coalesce(current_setting('reserved_connections', true)::int, 0),
                  nullif((select datconnlimit from pg_database where datname = current_database()), -1),
                  nullif((select rolconnlimit from pg_roles where rolname = current_user), -1)) as "limit",
                (select count(*)::int from pg_stat_activity
                  where backend_type = 'client backend' and pid <> pg_backend_pid()) as used`,
      );
      return { limit: Number(limit), used: Number(used) };
    },
    privileges: () => readPrivileges(askRow, schema),
    migrations: () => migrationStatus(storage, { statementTimeout: STATEMENT_TIMEOUT }),
  };
}
