import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, type Registry } from 'prom-client';

type DelayHistogram = ReturnType<typeof monitorEventLoopDelay>;
type Aggregator = 'sum' | 'max' | 'min' | 'first';

/**
 * Milliseconds between two samples of the clock. An event loop that is never late shows this much, so it is
 * subtracted.
 */
const RESOLUTION = 10;

/**
 * Measures the process and its event loop, under Prometheus' usual names. Returns a function that stops the
 * measuring.
 */
export function measureProcess(registry: Registry, version: string): () => void {
  const gauge = (name: string, help: string, aggregator: Aggregator, read: () => number) =>
    new Gauge({
      name,
      help,
      aggregator,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });

  new Gauge({
    name: 'microblog_build_info',
    help: 'Always 1; the labels are the versions of the program and of Node.js.',
    labelNames: ['version', 'node'],
    aggregator: 'first',
    registers: [registry],
  }).set({ version, node: process.versions.node }, 1);

  const startTime = Date.now() / 1000 - process.uptime();
  gauge('process_start_time_seconds', 'When the process started, as a Unix time.', 'min', () => startTime);
  gauge('process_resident_memory_bytes', 'Memory that the system gave to the process.', 'sum', () =>
    process.memoryUsage.rss(),
  );
  gauge('nodejs_heap_size_used_bytes', 'Memory of JavaScript objects.', 'sum', () => {
    return process.memoryUsage().heapUsed;
  });
  gauge('nodejs_heap_size_total_bytes', 'Memory that V8 holds for JavaScript objects.', 'sum', () => {
    return process.memoryUsage().heapTotal;
  });
  gauge(
    'nodejs_heap_size_limit_bytes',
    'Memory of JavaScript objects at which the process ends.',
    'sum',
    () => {
      return getHeapStatistics().heap_size_limit;
    },
  );
  gauge('nodejs_external_memory_bytes', 'Memory of buffers and native objects.', 'sum', () => {
    return process.memoryUsage().external;
  });
  measureProcessorTime(registry);
  return measureEventLoop(gauge);
}

function measureProcessorTime(registry: Registry): void {
  let counted = 0;
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the process, user and system time.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      const seconds = (user + system) / 1_000_000;
      this.inc(seconds - counted);
      counted = seconds;
    },
  });
}

/** How late timers were since the last scrape: the time that a request waits before it is handled. */
function measureEventLoop(
  gauge: (name: string, help: string, aggregator: Aggregator, read: () => number) => unknown,
): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const since = 'since the last scrape; of several workers, the greatest.';
  gauge('nodejs_eventloop_lag_p50_seconds', `Median lateness of timers ${since}`, 'max', () =>
    seconds(delay, delay.percentile(50)),
  );
  gauge('nodejs_eventloop_lag_p99_seconds', `99th percentile of the lateness of timers ${since}`, 'max', () =>
    seconds(delay, delay.percentile(99)),
  );
  // Read last, since registries collect in the order of registration: after this, a new period begins.
  gauge('nodejs_eventloop_lag_max_seconds', `Greatest lateness of a timer ${since}`, 'max', () => {
    const greatest = seconds(delay, delay.max);
    delay.reset();
    return greatest;
  });
  return () => void delay.disable();
}

function seconds(delay: DelayHistogram, nanoseconds: number): number {
  return delay.count === 0 ? 0 : Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1e3);
}
