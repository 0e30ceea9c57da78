import { randomUUID } from 'node:crypto';
import type { HostMiddleware } from '../context.ts';

/**
 * Sets the id of the request for logs and error pages. It is the id of the trusted proxy in front, if there is one.
 * Allowed characters and length are those of Heroku's router, which passes on ids of clients that have them
 * (https://devcenter.heroku.com/articles/http-request-id).
 */
export const requestId: HostMiddleware = async (ctx, next) => {
  const given = ctx.app.proxy ? ctx.get('X-Request-Id') : '';
  ctx.state.requestId = /^[\w+/=-]{8,200}$/.test(given) ? given : randomUUID();
  ctx.set('X-Request-Id', ctx.state.requestId);
  await next();
};
