import type { Microblog } from '@microblog/core';
import { assembleHost } from './assemble-host.ts';
import { refusals } from './http/admission/refusals.ts';
import { requestGate, urgentPaths } from './http/admission/request-gate.ts';
import type { HostContext } from './http/context.ts';
import { basePath, belowBasePath, pathBelow } from './http/middleware/base-path.ts';
import { accountLanguage, language } from './http/middleware/language.ts';
import { observed } from './http/middleware/observed.ts';
import { readableTarget } from './http/middleware/readable-target.ts';
import { requestId } from './http/middleware/request-id.ts';
import { requestLog } from './http/middleware/request-log.ts';
import { requestState } from './http/middleware/request-state.ts';
import { securityHeaders } from './http/middleware/security-headers.ts';
import { sharedPages } from './http/middleware/shared-pages.ts';
import { viewer } from './http/middleware/viewer.ts';
import { whileConnected } from './http/middleware/while-connected.ts';
import { MountableKoa } from './http/mounting/mountable-koa.ts';
import { requestFault } from './http/request-fault.ts';
import type { CompleteRouteTable } from './http/routing/route-table.ts';
import { alwaysSecure, trustOneProxy } from './http/trusted-proxy.ts';
import type { KoaAppOptions } from './koa-app-options.ts';
import { type ParsedKoaAppOptions, parseKoaAppOptions } from './koa-app-options-schema.ts';
import { requestContext } from './operations/requests/request-context.ts';
import { compressed } from './pages/layout/compressed.ts';
import { errors } from './pages/layout/errors.ts';
import { viewEngine } from './pages/layout/view-engine.ts';
import { routes } from './routes.ts';

/**
 * The microblog's pages as a Koa application. It does not listen: `.callback()` is a request listener for `node:http`,
 * and middleware for frameworks that take `(request, response, next)`; `koa-mount` takes the application itself. See
 * docs/embedding.md.
 * @throws {Error} for a first argument that is no microblog; for an unknown option, naming the most similar one; for an option of a wrong type; for an invalid
 * base path, origin, theme, template, text, asset or sign-in provider; for missing keys and a language without a
 * catalogue; for `authenticate` without `loginUrl`; for sign-in providers without `origin`; and for `gravatar` with a
 * microblog whose option `emailHashes` is `none`.
 */
export function createKoaApp(microblog: Microblog, given: KoaAppOptions): MountableKoa {
  requireMicroblog(microblog);
  const options = parseKoaAppOptions(given);
  try {
    return assembleApp(microblog, options);
  } catch (error) {
    // An error of another class is a fault of the program, not of an option.
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    throw new Error(`createKoaApp: ${error.message}`, { cause: error });
  }
}

function requireMicroblog(given: Partial<Microblog> | null | undefined): void {
  if (typeof given?.within !== 'function' || typeof given.users?.show !== 'function') {
    throw new Error('createKoaApp: the first argument must be what createMicroblog returned');
  }
}

function assembleApp(microblog: Microblog, options: ParsedKoaAppOptions): MountableKoa {
  const { host, keys } = assembleHost(microblog, options);
  const { site, operations, background } = host;
  const { urls, translations } = site;
  const { logger, faults } = operations;
  const { files, pages, syndication, operations: operators, patternOf } = routes(host);
  const patternAt = (method: string, path: string) => {
    const below = pathBelow(urls.basePath, path);
    return below === null ? null : patternOf(method, below);
  };

  const gate = requestGate({
    limit: options.maxConcurrentRequests,
    isUrgent: urgentPaths([...operators.routes, ...files.routes]),
    onRefused: refusals(logger, options.observers),
  });
  const app = new MountableKoa({ basePath: urls.basePath, background, gate });
  app.keys = keys;
  if (options.trustProxy) trustOneProxy(app);
  if (options.origin?.startsWith('https:')) alwaysSecure(app);
  app.use(requestState(translations));
  app.use(requestId);
  app.use(
    observed(patternAt, options.requestContext ?? requestContext(), [
      requestLog(logger),
      ...options.observers,
    ]),
  );
  app.use(securityHeaders(urls.pictureOrigins));
  app.use(readableTarget);
  // Before the middleware that only pages need.
  app.use(belowBasePath(urls, operators.middleware()));
  app.use(viewEngine(host.templates));
  // Needs neither the language nor the session that a browser keeps for the pages.
  app.use(belowBasePath(urls, syndication.middleware()));
  if (options.compress) app.use(compressed());
  app.use(language(translations));
  app.use(errors(host));
  app.use(basePath(urls));
  app.use(files.middleware());
  app.use(viewer(host));
  app.use(accountLanguage(translations));
  // A host's own templates may show what differs by request.
  if (options.views === undefined) app.use(sharedPages(host.browser, pagesForReaders(pages)));
  app.use(whileConnected);
  app.use(pages.middleware());
  app.use(pages.allowedMethods());

  // The error middleware answers errors. Those that reach Koa are a closed connection or a fault of rendering.
  app.on('error', (error: unknown, ctx?: HostContext) => {
    const isGone = ctx?.req.socket.destroyed === true;
    logger[isGone ? 'debug' : 'error']({ err: error, requestId: ctx?.state.requestId }, 'response failed');
    if (!isGone && ctx !== undefined) faults.report(requestFault(ctx, error, 500));
  });
  return app;
}

/** Lists of posts and people, and single posts: nothing on them depends on the browser, apart from language and theme. */
function pagesForReaders({ routes: all }: CompleteRouteTable): ReadonlySet<string> {
  const shared = all.filter(({ group, kind }) => group === 'readers' && kind === 'page');
  return new Set(shared.map(({ path }) => path));
}
