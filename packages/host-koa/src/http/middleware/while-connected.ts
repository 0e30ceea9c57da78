import type { HostMiddleware } from '../context.ts';

/** Begins no work for a client that has left meanwhile: nobody would get the answer. */
export const whileConnected: HostMiddleware = async (ctx, next) => {
  // Of a form, the work is done: the sender may have seen only that the connection broke.
  if (ctx.writable || ctx.method === 'POST') return next();
  ctx.respond = false;
};
