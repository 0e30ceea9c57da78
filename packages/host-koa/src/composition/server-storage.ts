import { type PostgresStorage, postgresStorage } from '@microblog/adapters-postgres';
import type { Logger } from '@microblog/core';
import type { StatementObserver } from '../operations/logging/slow-statements.ts';
import type { RequestContext } from '../operations/requests/request-context.ts';
import type { Config } from './config.ts';

type ServerDatabase = Extract<Config['database'], { kind: 'server' }>;

/**
 * The longest time for a statement of a page request, in milliseconds. It is shorter than the time that a stopping
 * process grants to requests, so that they still get an answer. It is also shorter than the timeout of any proxy.
 */
const REQUEST_STATEMENT_LIMIT = 7_000;

export interface ServerStorageNeeds {
  readonly logger: Logger;
  readonly onStatement: StatementObserver | null;
  readonly requestContext: RequestContext;
}

/** Statements of requests are limited in time; those of jobs, migrations, backups and other commands are not. */
export function serverStorage(
  database: ServerDatabase,
  { logger, onStatement, requestContext }: ServerStorageNeeds,
): PostgresStorage {
  return postgresStorage({
    connectionString: database.url,
    schema: database.schema,
    poolSize: database.poolSize,
    prepareStatements: database.prepare,
    logger,
    statementLimit: () => (requestContext.current() === null ? null : REQUEST_STATEMENT_LIMIT),
    ...(onStatement === null ? {} : { onStatement }),
    ...(database.tls === 'unverified' ? { ssl: { rejectUnauthorized: false } } : {}),
  });
}
