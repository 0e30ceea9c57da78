import { type PostgresStorage, postgresStorage } from '@microblog/adapters-postgres';
import type { Logger } from '@microblog/core';
import type { StatementObserver } from '../adapters/logging/slow-statements.ts';
import type { Config } from './config.ts';

type ServerDatabase = Extract<Config['database'], { kind: 'server' }>;

export function serverStorage(
  database: ServerDatabase,
  logger: Logger,
  onStatement: StatementObserver | null,
): PostgresStorage {
  return postgresStorage({
    connectionString: database.url,
    schema: database.schema,
    poolSize: database.poolSize,
    logger,
    ...(onStatement === null ? {} : { onStatement }),
    ...(database.tls === 'unverified' ? { ssl: { rejectUnauthorized: false } } : {}),
  });
}
