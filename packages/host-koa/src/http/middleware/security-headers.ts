import helmet from 'helmet';
import type { HostMiddleware } from '../context.ts';

/** Nothing inline, and nothing from other origins except pictures from `imageOrigins`. */
const policy = (imageOrigins: Iterable<string>) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", ...imageOrigins],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'self'"],
  },
});

export function securityHeaders(imageOrigins: Iterable<string>): HostMiddleware {
  const contentSecurityPolicy = policy(imageOrigins);
  // Browsers must not switch to HTTPS on a server that has HTTP only.
  const plain = helmet({ contentSecurityPolicy, strictTransportSecurity: false });
  // Other subdomains are not ours to decide about.
  const secure = helmet({ contentSecurityPolicy, strictTransportSecurity: { includeSubDomains: false } });
  return async (ctx, next) => {
    const setHeaders = ctx.secure ? secure : plain;
    await new Promise<void>((resolve, reject) => {
      setHeaders(ctx.req, ctx.res, (error) => (error === undefined ? resolve() : reject(error)));
    });
    await next();
  };
}
