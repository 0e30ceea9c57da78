import type { Config } from '@microblog/host-koa/composition';
import { type Finding, ok, warn } from '../finding.ts';
import { isLoopback } from './proxy.ts';

/** Checks which clients can read `/metrics`. */
export function checkMetricsPage({ metrics, server }: Pick<Config, 'metrics' | 'server'>): Finding {
  if (metrics === null) return ok('metrics', 'There is no /metrics page: METRICS_TOKEN is not set.');
  if (metrics.token !== null) return ok('metrics', '/metrics asks for the token.');
  return isLoopback(server.host) && !server.trustProxy
    ? ok('metrics', '/metrics is open to this machine.')
    : warn(
        'metrics',
        '/metrics is open to every client that can reach it.',
        'Set METRICS_TOKEN, or make sure that the proxy in front keeps /metrics private.',
      );
}
