import type { IncomingMessage } from 'node:http';
import { pathBelow } from '../middleware/base-path.ts';

/** How a request reached the application, through whatever frameworks it is mounted in. */
export interface Arrival {
  /** The address as the browser asked for it: path and query, nothing taken off. */
  readonly url: string;
  /** The part of the path that frameworks took off, `''` for none; null where they do not say. */
  readonly mountPath: string | null;
}

/** What frameworks that take a mount path off leave of the address on Node's own request. */
interface MountedRequest extends IncomingMessage {
  /** Express: what was taken off so far. */
  readonly baseUrl?: unknown;
  /** Express, Connect, @fastify/middie: the address before anything was taken off. */
  readonly originalUrl?: unknown;
}

/** How a request arrived by `callback()`. */
export function arrivalOf(request: IncomingMessage): Arrival {
  const { url = '', baseUrl, originalUrl }: MountedRequest = request;
  // What was taken off, rather than the original: a host that rewrites `url` does so on purpose.
  if (typeof baseUrl === 'string' && url.startsWith('/')) return { url: baseUrl + url, mountPath: baseUrl };
  return typeof originalUrl === 'string' ? arrivalBetween(originalUrl, url) : { url, mountPath: null };
}

/** What `koa-mount` leaves on the context of the Koa application around. */
interface ParentContext {
  readonly req: IncomingMessage;
  readonly originalUrl: string;
  readonly url: string;
  readonly mountPath?: unknown;
}

/** How a request arrived by `middleware`, in another Koa application, which itself may be mounted. */
export function arrivalInKoa({ req, originalUrl, url, mountPath }: ParentContext): Arrival {
  const { baseUrl }: MountedRequest = req;
  const outside = typeof baseUrl === 'string' ? baseUrl : '';
  if (typeof mountPath !== 'string') return { url: outside + url, mountPath: outside };
  const arrival = arrivalBetween(originalUrl, url);
  // `mountPath` is the innermost of several, and all there is to tell where only `/` is left.
  const taken = arrival.mountPath ?? mountPath;
  return { url: outside + arrival.url, mountPath: outside + taken };
}

/**
 * Tells a mount path that was taken off, so that the address ends with what is left, from an address that the
 * host wrote anew. Where `/` alone is left, nothing says how much was taken. Some take a last slash off too.
 */
function arrivalBetween(original: string, left: string): Arrival {
  const rest = withoutLastSlash(pathOf(left));
  if (rest === '') return { url: original, mountPath: null };
  const whole = withoutLastSlash(pathOf(original));
  if (!whole.endsWith(rest)) return { url: left, mountPath: null };
  return { url: original, mountPath: whole.slice(0, -rest.length) };
}

/**
 * Whether a request lies inside of the base path, and so is the application's own.
 * @throws {Error} where no request ever could, because the application is mounted elsewhere.
 */
export function isWithin(basePath: string, { url, mountPath }: Arrival): boolean {
  if (mountPath !== null && !leadsTo(mountPath, basePath)) {
    throw new Error(
      `The microblog is mounted at '${mountPath}', but was told the base path '${basePath}'. ` +
        `Give createKoaApp basePath: '${mountPath}', or mount it at '${basePath || '/'}'.`,
    );
  }
  return pathBelow(basePath, pathOf(url)) !== null;
}

/** As routers may compare paths: a mount path is then as a visitor typed it, and tells less than it seems to. */
function leadsTo(mountPath: string, basePath: string): boolean {
  // @fastify/middie decodes an escape of an escape.
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
