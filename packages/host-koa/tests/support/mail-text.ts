/** A header of a mail, unfolded and decoded (RFC 2047, Q and B); undefined if missing. */
export function headerOf(raw: string, name: string): string | undefined {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const line = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .find((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line === undefined ? undefined : decodedWords(line.slice(name.length + 1).trim());
}

/** Names of the headers, in small letters. */
export function headerNames(raw: string): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  return [...head.matchAll(/^([!-9;-~]+):/gm)].map(([, name = '']) => name.toLowerCase());
}

/** The bodies of a mail by content type, decoded. */
export function bodiesOf(raw: string): Readonly<Record<string, string>> {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  const parts =
    boundary === undefined
      ? [raw]
      : raw
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => part.trimStart());
  return Object.fromEntries(
    parts.map((part) => {
      const body = part.slice(part.indexOf('\r\n\r\n') + 4);
      const type = headerOf(part, 'Content-Type')?.split(';')[0] ?? '';
      return [
        type,
        decodedBody(body, headerOf(part, 'Content-Transfer-Encoding')).replace(/\r\n/g, '\n').trim(),
      ];
    }),
  );
}

function decodedBody(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? unquoted(body.replace(/=\r\n/g, '')) : body;
}

function decodedWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : unquoted(word.replaceAll('_', ' ')),
    );
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
