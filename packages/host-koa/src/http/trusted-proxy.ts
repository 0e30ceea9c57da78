import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';

/**
 * Makes an application trust one proxy in front, and nothing that the proxy received. Each proxy appends what it saw to
 * `X-Forwarded-For` and `X-Forwarded-Proto`. So the last entry is the proxy's own, and the client may have written the
 * entries before. `X-Forwarded-Host` is not trusted: Heroku's router, for example, passes it on unchanged.
 */
export function trustOneProxy(app: Pick<Koa, 'proxy' | 'maxIpsCount' | 'request'>): void {
  app.proxy = true;
  app.maxIpsCount = 1;
  Object.defineProperties(app.request, {
    ip: {
      get(this: Koa.Request) {
        const seen = this.get('X-Forwarded-For').split(',').at(-1)?.trim() ?? '';
        return withoutPort(seen) || this.req.socket.remoteAddress || '';
      },
    },
    host: {
      get(this: Koa.Request) {
        return this.get('Host');
      },
    },
    protocol: {
      configurable: true,
      get(this: Koa.Request) {
        if (isEncrypted(this.req)) return 'https';
        const seen = this.get('X-Forwarded-Proto').split(',').at(-1)?.trim().toLowerCase();
        return seen === 'https' ? 'https' : 'http';
      },
    },
  });
}

/** For a site whose public origin is HTTPS: cookies and headers are for TLS, also if a proxy does not say so. */
export function alwaysSecure(app: Pick<Koa, 'request'>): void {
  Object.defineProperty(app.request, 'protocol', { configurable: true, value: 'https' });
}

function isEncrypted({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

/** Some proxies write the client's port too: `203.0.113.9:4000`, `[2001:db8::1]:4000` (RFC 7239, section 6). */
function withoutPort(address: string): string {
  const [, bracketed, plain] = /^\[([^\]]*)\](?::\d+)?$|^([^:]*):\d+$/.exec(address) ?? [];
  return bracketed ?? plain ?? address;
}
