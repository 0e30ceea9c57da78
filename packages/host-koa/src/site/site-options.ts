import { parseEmbedOrigin } from './embed-origins.ts';

/** @throws {Error} for an invalid base path. */
export function checkedBasePath(path: string): string {
  if (!/^(\/(?!\.+(\/|$))[A-Za-z0-9_.~-]+)*$/.test(path)) {
    throw new Error(`basePath must be '' or like '/blog', without a slash at its end; got '${path}'.`);
  }
  return path;
}

/** The site's public origin, as browsers spell it. @throws {Error} for an invalid origin. */
export function checkedOrigin(text: string): string {
  const origin = text === '*' ? null : parseEmbedOrigin(text);
  if (origin === null)
    throw new Error(`origin must be like 'https://example.org', without a path; got '${text}'.`);
  return origin;
}
