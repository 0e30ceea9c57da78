import compress from 'koa-compress';
import type { HostMiddleware } from '../../http/context.ts';
import type { PageModels } from './page-models.ts';

// Why: docs/decisions/0034-compression-and-breach.md
/**
 * Pages whose length may tell what they hold. Where a page repeats its own address and a secret, somebody who
 * leads a browser to chosen addresses and watches the lengths of compressed answers can guess the secret letter
 * by letter (BREACH). These hold nothing that others may not know: form tokens are salted anew in each answer.
 * Those of accounts, which show addresses of mail, are small and sent as they are.
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

/** Compresses pages that may be; files are compressed when they are built. */
export function compressed(): HostMiddleware {
  // The two encodings that files have.
  return compress({ filter: (type) => type === 'text/html', zstd: false, deflate: false });
}

/** Whether pages of a template hold nothing that others may not know, and may be compressed wherever they pass. */
export function isOpen(template: keyof PageModels): boolean {
  return openPages.has(template);
}
