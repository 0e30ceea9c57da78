/** Takes out of a text what must not be in a log or a mail. */
export type Scrub = (text: string) => string;

const userInfo = /(:\/\/)[^\s/@]+@/g;
/** Ends in letters, so that `name@1.2.3` in the path of an installed package stays readable. */
const address =
  /[^\s\p{Cc}@<>()[\]\\,;:"'`=/]+@(?:localhost|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?![\p{L}\p{N}-])/gu;
/** All but tabs and line ends: they could rewrite what a terminal shows. */
const controls = /[^\P{Cc}\t\n]/gu;

/**
 * Replaces the given secrets, whatever stands between `://` and `@`, and e-mail addresses; drops control
 * characters. For texts that come from elsewhere: messages of errors, replies of servers.
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
