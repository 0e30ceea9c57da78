import { randomUUID } from 'node:crypto';
import type { HostMiddleware } from '../context.ts';

/**
 * Names the request in logs and on error pages: as the proxy in front named it, where one is trusted. The
 * characters and the length are those of Heroku's router, which hands on what clients send within them
 * (https://devcenter.heroku.com/articles/http-request-id).
 */
export const requestId: HostMiddleware = async (ctx, next) => {
  const given = ctx.app.proxy ? ctx.get('X-Request-Id') : '';
  ctx.state.requestId = /^[\w+/=-]{8,200}$/.test(given) ? given : randomUUID();
  ctx.set('X-Request-Id', ctx.state.requestId);
  await next();
};
