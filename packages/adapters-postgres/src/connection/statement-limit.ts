import type { Client, Pool, PoolClient, QueryResult } from 'pg';

/**
 * The time limit of the next statement, in milliseconds; null for no limit. Called before each statement, so it may
 * depend on the caller.
 */
export type StatementLimit = () => number | null;

/** The message of `pg` when `query_timeout` has passed. */
const READ_TIMEOUT = 'Query read timeout';
/** How long the request to cancel a statement may take. */
const CANCEL_TIMEOUT_MS = 5_000;

type Answered = (error: Error | null, result?: QueryResult) => void;
type Send = (config: object, answered?: Answered) => unknown;

/**
 * Fails statements of `client` that take longer than `limit`, and closes their connection. If the server or the network
 * has stopped to answer, the connection would be unusable for many minutes. A server that does answer is asked to
 * cancel the statement, since it could still succeed later. Calls `onTimeout`. Returns a function that removes the
 * limit.
 */
export function limitStatements(
  {
    pool,
    client,
    limit,
  }: { readonly pool: Pool; readonly client: PoolClient; readonly limit: StatementLimit },
  onTimeout: (error: Error) => void,
): () => void {
  const { query } = client;

  function giveUp(error: Error): void {
    onTimeout(error);
    const { processID } = client as PoolClient & { readonly processID: number | null };
    // Later statements, such as a ROLLBACK, then fail at once instead of waiting for this one.
    (client as unknown as Client).end().catch(() => {});
    const cancel = {
      text: 'select pg_cancel_backend($1)',
      values: [processID],
      query_timeout: CANCEL_TIMEOUT_MS,
    };
    // If the server can't be reached or refuses, nothing else can be done.
    pool.query(cancel).catch(() => {});
  }

  const send: Send = query.bind(client) as Send;
  const limited: Send = (config, answered) => {
    const milliseconds = limit();
    // knex passes a callback for each statement. Other calls are not statements or have their own timeout.
    if (milliseconds === null || answered === undefined) return send(config, answered);
    return send({ ...config, query_timeout: milliseconds }, (error, result) => {
      if (error?.message === READ_TIMEOUT) giveUp(error);
      answered(error, result);
    });
  };
  client.query = limited as unknown as typeof query;
  return () => {
    client.query = query;
  };
}
