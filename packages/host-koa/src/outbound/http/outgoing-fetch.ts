import type { Fetch } from './bounded-fetch.ts';

/** Proxies for outgoing calls, as most programs read them from the environment. Undefined: none. */
export interface OutgoingProxies {
  /** For `http:` addresses. */
  readonly http?: string | undefined;
  /** For `https:` addresses. */
  readonly https?: string | undefined;
  /** Hosts that are called directly, separated by commas; `*` for all. This machine always is. */
  readonly except?: string | undefined;
}

/** Calls to this machine never leave by a proxy. */
const LOOPBACK = 'localhost,127.0.0.1,[::1]';

/**
 * The `fetch` for every call to another service: sign-in providers and translation engines. It uses the proxies, if
 * there are any; their client is loaded at the first call.
 */
export function outgoingFetch({ http, https, except = '' }: OutgoingProxies = {}): Fetch {
  const direct: Fetch = (url, options) => fetch(url, options);
  if ((http === undefined && https === undefined) || except.trim() === '*') return direct;
  let proxied: Promise<Fetch> | undefined;
  async function load(): Promise<Fetch> {
    const undici = await import('undici');
    const dispatcher = new undici.EnvHttpProxyAgent({
      // Empty texts, since undefined would mean the variables of the process.
      httpProxy: http ?? '',
      httpsProxy: https ?? '',
      // By `http:`, many proxies take requests only, and no tunnels.
      proxyTunnel: false,
      noProxy: [except, LOOPBACK].filter((hosts) => hosts !== '').join(','),
    });
    // Its own `fetch`: that of Node.js may be of another version, which takes no such dispatcher.
    return async (url, { method, headers, body, redirect, signal }) => {
      const response = await undici.fetch(url, {
        ...(method === undefined ? {} : { method }),
        ...(headers === undefined ? {} : { headers: Object.fromEntries(new Headers(headers)) }),
        ...(body === undefined || body === null ? {} : { body: String(body) }),
        ...(redirect === undefined ? {} : { redirect }),
        ...(signal === undefined || signal === null ? {} : { signal }),
        dispatcher,
      });
      return new Response(response.body as ReadableStream<Uint8Array> | null, {
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
      });
    };
  }
  return async (url, options) => {
    // The client would send `https:` calls to the proxy for `http:`, too.
    if ((new URL(url).protocol === 'https:' ? https : http) === undefined) return direct(url, options);
    proxied ??= load();
    return (await proxied)(url, options);
  };
}
