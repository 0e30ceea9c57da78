import type { Client, Pool, PoolClient, QueryResult } from 'pg';

/**
 * How long the statement that is about to be sent may take, in milliseconds; null for as long as it likes. Asked
 * before each, so that it may depend on whoever sends it.
 */
export type StatementLimit = () => number | null;

/** What `pg` says when `query_timeout` has passed. */
const READ_TIMEOUT = 'Query read timeout';
/** For the server to take the wish that a statement ends. */
const CANCEL_TIMEOUT_MS = 5_000;

type Answered = (error: Error | null, result?: QueryResult) => void;
type Send = (config: object, answered?: Answered) => unknown;

/**
 * Fails statements of `client` that take longer than `limit` allows, and gives up their connection: with a server
 * that has stopped to answer, or a network that drops everything, it would be of no use for many minutes. A
 * server that does answer is asked to end the statement, which would otherwise go on and could still be done.
 * `onTimeout` hears of it. Returns what takes the limit off again.
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
    // What is sent next, such as a ROLLBACK, fails at once instead of waiting behind the statement.
    (client as unknown as Client).end().catch(() => {});
    const cancel = {
      text: 'select pg_cancel_backend($1)',
      values: [processID],
      query_timeout: CANCEL_TIMEOUT_MS,
    };
    // It can't be reached, or may not be told: then there is nothing to be done.
    pool.query(cancel).catch(() => {});
  }

  const send: Send = query.bind(client) as Send;
  const limited: Send = (config, answered) => {
    const milliseconds = limit();
    // knex sends a statement with a callback; everything else is not a statement, or has an end of its own.
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
