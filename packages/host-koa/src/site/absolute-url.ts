/** The full address of a page, for mails and for other sites. `path` is as `Urls` returns it, base path included. */
export type AbsoluteUrl = (path: string) => string;

/**
 * Addresses under the site's configured public origin. Never taken from a request, whose headers can be forged: a
 * mail would then lead its reader, and the secret in its link, to an attacker's host.
 * @throws {Error} for a path that would leave the origin.
 */
export function absoluteUrls(origin: string): AbsoluteUrl {
  return (path) => {
    if (!/^\/(?![/\\])/.test(path)) throw new Error(`A path begins with one slash; got '${path}'.`);
    const url = new URL(path, origin);
    if (url.origin !== origin) throw new Error(`'${path}' leads away from ${origin}.`);
    return url.href;
  };
}
