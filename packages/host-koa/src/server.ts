import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application } from './composition/application.ts';
import { ConfigurationError } from './composition/configuration-error.ts';
import { requireCurrentMigrations } from './composition/prepare-database.ts';
import { createKoaApp } from './create-koa-app.ts';
import type { Development } from './koa-app-options.ts';
import { backgroundWork } from './operations/background-work.ts';
import { drainable } from './operations/drain.ts';
import { readiness } from './operations/health/readiness.ts';
import { createMetrics, type Metrics } from './operations/metrics/metrics.ts';
import type { MetricsSource } from './operations/metrics/metrics-source.ts';
import type { RequestObserver } from './operations/requests/finished-request.ts';
import { version } from './version.ts';

/** Pages that are being served. */
export interface RunningServer {
  /** Where it answers, base path included. */
  readonly url: string;
  /**
   * Stops accepting, lets running requests end, ends what goes on in the background. The database stays
   * open: it is the application's. May be called twice.
   */
  close(): Promise<void>;
}

/** What a server does beside serving. */
export interface ServerOptions {
  /** Called for every request after its response has ended. */
  readonly observers?: readonly RequestObserver[];
  /**
   * Where `/metrics` takes its figures from, given this process's own: all workers, where there are several.
   * Default: this process.
   */
  readonly metricsSource?: (own: Metrics) => MetricsSource;
  /** For work on the pages themselves: see `KoaAppOptions`. Default: off. */
  readonly development?: Development;
}

/** Longer than any proxy in front keeps an idle connection (Heroku's router: 90 s), or it meets closed ones. */
const KEEP_ALIVE = 95_000;
/** Statements that tell whether the database is ready; past it, their connection is given up. */
const STATEMENT_TIMEOUT = 5_000;

/**
 * Serves the application's pages over HTTP, on the host and port of its configuration.
 * @throws {ConfigurationError} where the port is taken or may not be listened on.
 */
export async function startServer(
  application: Application,
  { observers = [], metricsSource = (own) => own, development }: ServerOptions = {},
): Promise<RunningServer> {
  const { config, logger, microblog, storage, jobs, requestContext } = application;
  const metrics = createMetrics({
    logger,
    version,
    pool: () => storage.pool(),
    jobs,
    search: microblog.search,
  });
  const ready = readiness({
    check: () => requireCurrentMigrations(storage, { statementTimeout: STATEMENT_TIMEOUT }),
  });
  const background = backgroundWork(logger);
  const app = createKoaApp(microblog, {
    ...application.theme,
    secretKeys: application.secretKeys(),
    basePath: config.site.basePath,
    languages: config.site.languages,
    requireLogin: config.site.requireLogin,
    embedOrigins: config.site.embedOrigins,
    gravatar: config.site.gravatar,
    ...(config.site.origin === undefined ? {} : { origin: config.site.origin }),
    identityProviders: config.identityProviders,
    trustProxy: config.server.trustProxy,
    compress: true,
    logger,
    background,
    faults: application.faults,
    requestContext,
    readiness: ready,
    observers: [metrics.observeRequest, ...observers],
    searchObservers: [metrics.observeSearch],
    ...(development === undefined ? {} : { development }),
    ...(config.metrics === null
      ? {}
      : { metricsPage: { source: metricsSource(metrics), token: config.metrics.token } }),
  });
  const server = createServer(app.callback());
  const drain = drainable(server);
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = KEEP_ALIVE + 5_000;
  await listen(server, config.server.host, config.server.port);

  let closed: Promise<void> | undefined;
  return {
    url: addressOf(server, config.server.host) + config.site.basePath,
    close() {
      ready.shutDown();
      closed ??= drain()
        .then(() => background.settled())
        .finally(() => metrics.close());
      return closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, host, port)));
    server.listen(port, host, () => resolve());
  });
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new ConfigurationError([
      `PORT: ${port} is taken on ${host} by another program; stop it, or choose another, such as PORT=${port + 1}`,
    ]);
  }
  if (error.code === 'EACCES') {
    return new ConfigurationError([
      `PORT: ${port} may not be listened on by this user; choose one above 1023`,
    ]);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigurationError([`HOST: ${host} is no address of this machine; try 127.0.0.1 or 0.0.0.0`]);
  }
  return error;
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
