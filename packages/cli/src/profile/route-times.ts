import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** A request whose response has ended. */
interface TimedRequest {
  readonly method: string;
  readonly route: string | null;
  readonly milliseconds: number;
}

/** The durations of the requests of one route, in milliseconds. */
export interface RouteTimes {
  /** Method and pattern, such as `GET /posts/:id`. */
  readonly route: string;
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly total: number;
}

export interface RouteTimesRecorder {
  record(request: TimedRequest): void;
  /** Sorted by total, highest first. */
  routes(): readonly RouteTimes[];
}

/** Histograms count whole microseconds with three digits, for any number of requests. */
const PER_MILLISECOND = 1_000;

export function routeTimes(): RouteTimesRecorder {
  const histograms = new Map<string, { readonly times: RecordableHistogram; total: number }>();
  return {
    record({ method, route, milliseconds }) {
      const name = `${method} ${route ?? '(no route)'}`;
      const known = histograms.get(name) ?? { times: createHistogram(), total: 0 };
      histograms.set(name, known);
      known.times.record(Math.max(1, Math.round(milliseconds * PER_MILLISECOND)));
      known.total += milliseconds;
    },
    routes: () =>
      [...histograms]
        .map(([route, { times, total }]) => ({
          route,
          count: times.count,
          p50: times.percentile(50) / PER_MILLISECOND,
          p99: times.percentile(99) / PER_MILLISECOND,
          total,
        }))
        .sort((a, b) => b.total - a.total),
  };
}
