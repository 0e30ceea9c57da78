/** Removes from a text what must not be in a log or a mail. */
export type Scrub = (text: string) => string;

const userInfo = /(:\/\/)[^\s/@]+@/g;
/** Must end in letters, so that `name@1.2.3` in the path of an installed package stays readable. */
const address =
  /[^\s\p{Cc}@<>()[\]\\,;:"'`=/]+@(?:localhost|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?![\p{L}\p{N}-])/gu;
/** All control characters except tabs and line ends: they could rewrite what a terminal shows. */
const controls = /[^\P{Cc}\t\n]/gu;

/**
 * Replaces the given secrets, any text between `://` and `@`, and e-mail addresses; removes control characters. For
 * texts from outside: messages of errors, replies of servers.
 */
export function scrubber(secrets: readonly string[] = []): Scrub {
  const known = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  return (text) =>
    known
      .reduce((clean, secret) => clean.replaceAll(secret, '********'), text)
      .replace(userInfo, '$1********@')
      .replace(address, '<address>')
      .replace(controls, '');
}
