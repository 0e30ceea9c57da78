import { Histogram, type Registry } from 'prom-client';
import type { RequestObserver } from '../requests/finished-request.ts';

/** Seconds. From a cached file to the 30 s after which Heroku's router gives up. */
const BUCKETS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Routes are patterns, and statuses are those that we answer: the number of series stays small whatever clients
 * request.
 */
export function requestMetrics(registry: Registry): RequestObserver {
  const duration = new Histogram({
    name: 'microblog_http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return ({ method, route, status, milliseconds }) =>
    duration.observe({ method, route: route ?? 'none', status }, milliseconds / 1000);
}
