import type { IncomingMessage } from 'node:http';
import { pathBelow } from '../middleware/base-path.ts';

/** How a request reached the application, through whatever frameworks it is mounted in. */
export interface Arrival {
  /** The address that the browser requested: path and query, complete. */
  readonly url: string;
  /** The part of the path that frameworks removed, `''` if none; null if they do not report it. */
  readonly mountPath: string | null;
}

/** The properties of Node's request on which frameworks report a removed mount path. */
interface MountedRequest extends IncomingMessage {
  /** Express: the part removed so far. */
  readonly baseUrl?: unknown;
  /** Express, Connect, @fastify/middie: the address before a part was removed. */
  readonly originalUrl?: unknown;
}

/** The arrival of a request at `callback()`. */
export function arrivalOf(request: IncomingMessage): Arrival {
  const { url = '', baseUrl, originalUrl }: MountedRequest = request;
  // `baseUrl` rather than the original: a host that rewrites `url` does so on purpose.
  if (typeof baseUrl === 'string' && url.startsWith('/')) return { url: baseUrl + url, mountPath: baseUrl };
  return typeof originalUrl === 'string' ? arrivalBetween(originalUrl, url) : { url, mountPath: null };
}

/** What `koa-mount` sets on the context of the Koa application around. */
interface ParentContext {
  readonly req: IncomingMessage;
  readonly originalUrl: string;
  readonly url: string;
  readonly mountPath?: unknown;
}

/** The arrival of a request at `middleware`, in another Koa application, which itself may be mounted. */
export function arrivalInKoa({ req, originalUrl, url, mountPath }: ParentContext): Arrival {
  const { baseUrl }: MountedRequest = req;
  const outside = typeof baseUrl === 'string' ? baseUrl : '';
  if (typeof mountPath !== 'string') return { url: outside + url, mountPath: outside };
  const arrival = arrivalBetween(originalUrl, url);
  // `mountPath` is only the innermost mount, but the only source if just `/` is left.
  const taken = arrival.mountPath ?? mountPath;
  return { url: outside + arrival.url, mountPath: outside + taken };
}

/**
 * Distinguishes a removed mount path, after which the address still ends with `left`, from an address that the host
 * rewrote. If only `/` is left, the length of the mount path is unknown. Some frameworks remove a trailing slash too.
 */
function arrivalBetween(original: string, left: string): Arrival {
  const rest = withoutLastSlash(pathOf(left));
  if (rest === '') return { url: original, mountPath: null };
  const whole = withoutLastSlash(pathOf(original));
  if (!whole.endsWith(rest)) return { url: left, mountPath: null };
  return { url: original, mountPath: whole.slice(0, -rest.length) };
}

/**
 * The path of a request without the base path. Null if it is outside of it, and so does not belong to the application.
 * @throws {Error} if no request can be, because the application is mounted at another path.
 */
export function pathInside(basePath: string, { url, mountPath }: Arrival): string | null {
  if (mountPath !== null && !matchesBasePath(mountPath, basePath)) {
    throw new Error(
      `The microblog is mounted at '${mountPath}', but its base path is '${basePath}'. ` +
        `Give createKoaApp basePath: '${mountPath}', or mount it at '${basePath || '/'}'.`,
    );
  }
  return pathBelow(basePath, pathOf(url));
}

/** Compares loosely, as routers may: the mount path is then as the visitor typed it, with other case or escapes. */
function matchesBasePath(mountPath: string, basePath: string): boolean {
  // @fastify/middie decodes escapes twice.
  const typed = withoutLastSlash(decoded(decoded(mountPath)).replace(/\/{2,}/g, '/'));
  return pathBelow(typed.toLowerCase(), basePath.toLowerCase()) !== null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function withoutLastSlash(path: string): string {
  return path.replace(/\/$/, '');
}

function pathOf(url: string): string {
  if (!url.startsWith('/')) return URL.canParse(url) ? new URL(url).pathname : url;
  return url.split(/[?#]/, 1)[0] ?? '';
}
