import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';

/**
 * Makes an application believe one proxy in front, and nothing that came to that proxy: each adds what it saw
 * at the end of `X-Forwarded-For` and `X-Forwarded-Proto`, so the last entry is its own, and those before it
 * are whatever the client wrote. `X-Forwarded-Host` is not believed: Heroku's router, for one, passes it on as
 * it came.
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
