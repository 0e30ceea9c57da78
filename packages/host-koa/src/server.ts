import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireWritable } from '@microblog/adapters-postgres';
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
import { outgoingFetch } from './outbound/http/outgoing-fetch.ts';
import { localAddress } from './site/local-address.ts';
import { version } from './version.ts';

/** A server that is running. */
export interface RunningServer {
  /** Its address, with the base path. */
  readonly url: string;
  /**
   * Stops accepting requests, waits for running ones, and stops background work. The database stays open: the
   * application owns it. May be called twice.
   */
  close(): Promise<void>;
}

/** Optional work of a server. */
export interface ServerOptions {
  /** Called for every request after its response has ended. */
  readonly observers?: readonly RequestObserver[];
  /**
   * Returns the source of the figures for `/metrics`, given this process's own. Use it to add up several workers.
   * Default: this process.
   */
  readonly metricsSource?: (own: Metrics) => MetricsSource;
  /** For developing the pages: see `KoaAppOptions`. Default: off. */
  readonly development?: Development;
}

/**
 * Longer than the idle timeout of any proxy in front (Heroku's router: 90 s). Otherwise a proxy may use a closed one.
 */
const KEEP_ALIVE = 95_000;
/** The limit in milliseconds for the statements of the readiness check. After it, their connection is closed. */
const STATEMENT_TIMEOUT = 5_000;

/**
 * Serves the application's pages over HTTP, on the host and port of its configuration.
 * @throws {ConfigurationError} if the port is in use, or this user may not listen on it.
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
    async check() {
      await requireCurrentMigrations(storage, { statementTimeout: STATEMENT_TIMEOUT });
      await requireWritable(storage);
    },
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
    fetch: outgoingFetch(config.outgoingProxies),
    trustProxy: config.server.trustProxy,
    maxConcurrentRequests: config.server.maxConcurrentRequests,
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
    url: localAddress(config.server.host, portOf(server)) + config.site.basePath,
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
    return new ConfigurationError([
      `HOST: ${host} is not an address of this machine; try 127.0.0.1 or 0.0.0.0`,
    ]);
  }
  return error;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
