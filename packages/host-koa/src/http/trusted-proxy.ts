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
    host: {
      get(this: Koa.Request) {
        return this.get('Host');
      },
    },
    protocol: {
      get(this: Koa.Request) {
        if (isEncrypted(this.req)) return 'https';
        const seen = this.get('X-Forwarded-Proto').split(',').at(-1)?.trim().toLowerCase();
        return seen === 'https' ? 'https' : 'http';
      },
    },
  });
}

function isEncrypted({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}
