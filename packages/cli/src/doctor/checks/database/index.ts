import { type Finding, failure } from '../../finding.ts';
import { checkClock } from './clock.ts';
import { checkConnections } from './connections.ts';
import type { ReachedDatabase, ServerSettings } from './database.ts';
import { checkMigrations } from './migrations.ts';
import { checkPrivileges } from './privileges.ts';
import { checkServer } from './server.ts';
import { checkTls } from './tls.ts';

export interface DatabaseSurroundings {
  /** The number of processes that serve with this configuration. */
  readonly processes: number;
  /** `PGSSLMODE`. */
  readonly sslMode: string | undefined;
}

type NamedCheck = readonly [name: string, check: () => Promise<Finding | readonly Finding[]>];

/** All findings about an open database. If it can't be reached, there is only one finding. */
export async function checkDatabase(
  database: ReachedDatabase,
  surroundings: DatabaseSurroundings,
): Promise<Finding[]> {
  const settings = database.config.database;
  const checks: readonly NamedCheck[] = [
    ['database', () => checkServer(database)],
    ...(settings.kind === 'server' ? checksOfServer(database, settings, surroundings) : []),
    ['database.migrations', () => checkMigrations(database)],
  ];
  const findings: Finding[] = [];
  for (const [name, check] of checks) {
    try {
      findings.push(...[await check()].flat());
    } catch (error) {
      findings.push(failure(name, error));
      if (name === 'database') break;
    }
  }
  return findings;
}

/** Checks that an embedded database does not need, since program and database are one process. */
function checksOfServer(
  database: ReachedDatabase,
  settings: ServerSettings,
  { processes, sslMode }: DatabaseSurroundings,
): readonly NamedCheck[] {
  return [
    ['database.tls', () => checkTls(database, settings, sslMode)],
    ['database.clock', () => checkClock(database)],
    ['database.connections', () => checkConnections(database, settings, processes)],
    ['database.privileges', () => checkPrivileges(database)],
  ];
}
