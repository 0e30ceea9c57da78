import pg from 'pg';
import { parentOf } from './processor-time.ts';

const LOCAL = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The id of the database server's main process, the parent of all its others. Null if it runs elsewhere. */
export async function postmasterOf(databaseUrl: string): Promise<number | null> {
  if (!LOCAL.has(new URL(databaseUrl).hostname)) return null;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0] === undefined ? null : parentOf(rows[0].pid);
  } finally {
    await client.end();
  }
}
