import { Gauge, type Registry } from 'prom-client';

/** Connections of this process to the database. */
export interface DatabasePool {
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
  readonly limit: number;
}

const gauges = {
  size: ['microblog_database_pool_connections', 'Open connections to the database, in use or not.'],
  idle: ['microblog_database_pool_idle', 'Open connections that nothing uses.'],
  waiting: ['microblog_database_pool_waiting', 'Callers that wait for a connection.'],
  limit: ['microblog_database_pool_limit', 'Connections that may be opened.'],
} as const;

/** Each worker has its own pool; the figures of all workers are added. */
export function measureDatabase(registry: Registry, pool: () => DatabasePool | null): void {
  if (pool() === null) return;
  for (const figure of ['size', 'idle', 'waiting', 'limit'] as const) {
    const [name, help] = gauges[figure];
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(pool()?.[figure] ?? 0);
      },
    });
  }
}
