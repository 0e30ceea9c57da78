import createKnex from 'knex';

// Imported into a process by `--import`. Kills it before a given statement. `KILLED_AT` has the beginnings of
// statements, separated by "|": it waits for each in turn, and kills at the last.
const waiting = (process.env.KILLED_AT ?? '').split('|');
const { prototype } = createKnex.Client;
const { query } = prototype;
prototype.query = function (connection: unknown, statement: string | { readonly sql: string }) {
  const sql = typeof statement === 'string' ? statement : statement.sql;
  if (waiting[0] !== undefined && sql.startsWith(waiting[0])) {
    waiting.shift();
    if (waiting.length === 0) process.kill(process.pid, 'SIGKILL');
  }
  return query.call(this, connection, statement);
};
