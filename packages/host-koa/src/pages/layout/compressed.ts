import compress from 'koa-compress';
import type { HostMiddleware } from '../../http/context.ts';
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

/** Compresses the pages that may be compressed; files are compressed when they are built. */
export function compressed(): HostMiddleware {
  // Only the two encodings that files have too.
  return compress({ filter: (type) => type === 'text/html', zstd: false, deflate: false });
}

/** True if pages of a template contain nothing secret, so that proxies may compress them too. */
export function isOpen(template: keyof PageModels): boolean {
  return openPages.has(template);
}
