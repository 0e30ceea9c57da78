import type { CommandTerminal } from '@microblog/host-koa/composition';
import { printLine, printTable } from '../terminal.ts';
import { startCpuProfile } from './cpu-profile.ts';
import { type RouteTimes, type RouteTimesRecorder, routeTimes } from './route-times.ts';

/** The extra work of `serve --profile`. */
export interface Profiling {
  readonly observer: RouteTimesRecorder['record'];
  /** Writes the profile, and prints its file name and the times of the routes. */
  finish(): Promise<void>;
}

/** The number of table rows that fit on a screen. */
const MOST_ROUTES = 20;

/** Prints to standard error, since standard output has the log. */
export async function startProfiling(directory: string, { stderr }: CommandTerminal): Promise<Profiling> {
  const profile = await startCpuProfile(directory);
  const times = routeTimes();
  return {
    observer: times.record,
    async finish() {
      const file = await profile.stop();
      printRoutes(stderr, times.routes());
      printLine(stderr, `CPU profile: ${file}`);
      printLine(stderr, 'Open it in Chrome: DevTools, Performance, "Load profile".');
    },
  };
}

function printRoutes(stderr: CommandTerminal['stderr'], routes: readonly RouteTimes[]): void {
  if (routes.length === 0) {
    printLine(stderr, 'No request was served.');
    return;
  }
  printTable(
    stderr,
    ['ROUTE', 'COUNT', 'P50 ms', 'P99 ms', 'TOTAL ms'],
    routes
      .slice(0, MOST_ROUTES)
      .map(({ route, count, p50, p99, total }) => [
        route,
        ...[String(count), p50.toFixed(1), p99.toFixed(1), total.toFixed(0)],
      ]),
    { numbersFrom: 1 },
  );
  if (routes.length > MOST_ROUTES) printLine(stderr, `… and ${routes.length - MOST_ROUTES} more routes`);
}
