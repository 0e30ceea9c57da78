import { createHash, timingSafeEqual } from 'node:crypto';
import type { HostContext } from '../../http/context.ts';
import {
  type MetricsPage,
  metricsContentType,
  metricsText,
} from '../../operations/metrics/metrics-source.ts';

/** The metrics in the text format of Prometheus. */
export function metricsRoute({ source, token }: MetricsPage): (ctx: HostContext) => Promise<void> {
  return async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    if (token !== null && !carries(ctx, token)) {
      ctx.set('WWW-Authenticate', 'Bearer');
      ctx.status = 401;
      ctx.body = { status: 'unauthorized' };
      return;
    }
    const text = await metricsText(source);
    ctx.type = metricsContentType;
    ctx.body = text;
  };
}

/** In constant time, so that timing reveals nothing about the token. */
function carries(ctx: HostContext, token: string): boolean {
  const given = /^Bearer +(.+)$/i.exec(ctx.get('Authorization'))?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
