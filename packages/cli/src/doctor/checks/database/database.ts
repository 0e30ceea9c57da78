import { type Application, type Config, storageError } from '@microblog/host-koa/composition';

/** What the checks of the database look at. */
export interface ReachedDatabase {
  readonly storage: Application['storage'];
  readonly config: Pick<Config, 'database' | 'profile'>;
}

/** The address of a server, as configured. */
export type ServerSettings = Extract<Config['database'], { kind: 'server' }>;

type Row = Readonly<Record<string, unknown>>;

/** Milliseconds. A database that is slower to tell about itself is at fault. */
const STATEMENT_TIMEOUT = 5_000;

/** The first row of an answer. @throws {MicroblogError} what `Storage` throws. */
export async function askRow(
  { storage }: Pick<ReachedDatabase, 'storage'>,
  sql: string,
  bindings: readonly (string | number)[] = [],
): Promise<Row> {
  try {
    const { rows } = await storage.knex.raw(sql, [...bindings]).timeout(STATEMENT_TIMEOUT);
    return rows[0] ?? {};
  } catch (error) {
    throw storageError(error, storage.location);
  }
}
