import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { HostContext, HostMiddleware } from '../../http/context.ts';
import { type AssetEncoding, preferredEncoding } from '../../site/assets/asset-catalogue.ts';
import type { PageModels } from './page-models.ts';

// Why: docs/decisions/0034-compression-and-breach.md
/**
 * Pages that may be compressed. If a page repeats its own address and contains a secret, an attacker can guess the
 * secret letter by letter: by leading a browser to chosen addresses and watching the length of compressed answers
 * (BREACH). These pages contain no such secret: form tokens are salted anew in each answer. Account pages show e-mail
 * addresses; they are small, and are sent uncompressed.
 */
const openPages: ReadonlySet<keyof PageModels> = new Set([
  'home.njk',
  'explore.njk',
  'post.njk',
  'profile.njk',
  'people.njk',
  'search.njk',
  'login.njk',
  'register.njk',
  'error.njk',
] as const);

/** In UTF-16 code units. Shorter pages fit into one packet without compression. */
const SHORTEST = 1_024;

/**
 * Compresses the pages that may be compressed; files are compressed when they are built. Offers the two encodings that
 * files have too.
 */
export function compressed(): HostMiddleware {
  return async (ctx, next) => {
    ctx.vary('Accept-Encoding');
    await next();
    const page: unknown = ctx.body;
    if (typeof page !== 'string' || page.length < SHORTEST || !mayBeCompressed(ctx)) return;
    const encoding = preferredEncoding(ctx.get('Accept-Encoding'));
    if (encoding === null) return;
    ctx.set('Content-Encoding', encoding);
    ctx.body = compressPage(page, encoding);
  };
}

function mayBeCompressed({ method, response, res }: HostContext): boolean {
  return (
    method !== 'HEAD' &&
    response.type === 'text/html' &&
    !res.hasHeader('Content-Encoding') &&
    !/\bno-transform\b/.test(response.get('Cache-Control') ?? '')
  );
}

// Why: docs/performance.md#compression
/** Compresses a page in the calling thread: that takes 0.2 ms, and handing it to another thread costs as much. */
export function compressPage(page: string, encoding: AssetEncoding): Buffer {
  const text = Buffer.from(page);
  if (encoding === 'gzip') return gzipSync(text);
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

/** True if pages of a template contain nothing secret, so that proxies may compress them too. */
export function isOpen(template: keyof PageModels): boolean {
  return openPages.has(template);
}
