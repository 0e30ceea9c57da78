import { type Characters, isAsciiWord, isLetter, isUnspaced } from './characters.ts';
import { isPlainAddress } from './endings.ts';
import { endOfHost, endOfHostRun, hasOneScript, isHostName, labelsOf, textBetween } from './host-name.ts';
import { endOfRest, type Surroundings } from './rest-of-address.ts';

/** An address by its first index and the index after its last, in characters. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

/** The addresses of a text, in order; they do not overlap. Reads each character a bounded number of times. */
export function findAddresses(text: Characters): Found[] {
  const found: Found[] = [];
  const unpaired = new Set<number>();
  let emphasized = false;
  let index = 0;
  while (index < text.length) {
    if (text.at(index) === '_' && opensWord(text, index)) emphasized = true;
    const end = endOfHostRun(text, index);
    if (end === index) {
      index++;
      continue;
    }
    const around = { before: text.at(index - 1), emphasized, unpaired };
    const start = schemeBefore(text, index, end);
    const result =
      start === null ? plainIn(text, index, end, around) : absoluteAt(text, start, end + 3, around);
    if (result.found !== null) found.push(result.found);
    index = result.next;
  }
  return found;
}

interface Result {
  readonly found: Found | null;
  /** Where the search continues. */
  readonly next: number;
}

/** Whether a `_` begins a word, as an opening mark of Markdown does. */
function opensWord(text: Characters, index: number): boolean {
  return /^[\s([{*~_"']?$/.test(text.at(index - 1)) && /^\S$/.test(text.at(index + 1));
}

/** Where the `http` or `https` begins that ends a run before `://`; null without one. */
function schemeBefore(text: Characters, runStart: number, runEnd: number): number | null {
  if (textBetween(text, runEnd, runEnd + 3) !== '://') return null;
  const written = textBetween(text, Math.max(runStart, runEnd - 6), runEnd);
  const [scheme] = /https?$/i.exec(written) ?? [];
  if (scheme === undefined) return null;
  const start = runEnd - scheme.length;
  const before = text.at(start - 1);
  return isAsciiWord(before) || before === '+' ? null : start;
}

/** An address with a scheme, whose host begins at `hostStart`. */
function absoluteAt(text: Characters, start: number, hostStart: number, around: Surroundings): Result {
  const refused = endOfCredentials(text, hostStart);
  if (refused !== null) return { found: null, next: refused };
  const hostEnd = text.at(hostStart) === '[' ? endOfIPv6(text, hostStart) : endOfHost(text, hostStart);
  const host = textBetween(text, hostStart, hostEnd);
  const port = endOfPort(text, hostEnd);
  const isName = host.startsWith('[') || isHostName(host);
  if (hostEnd === hostStart || port === null || !isName) return none(Math.max(hostEnd, hostStart));
  if (text.at(hostEnd) === '%' || (!/[.[]/.test(host) && !mayEndLocalName(text, hostEnd)))
    return none(endOfHostRun(text, hostEnd + 1));
  const before = text.at(start - 1);
  return addressFrom(text, start, endAfter(text, port, { ...around, before }), '');
}

/** Whether a name without a full stop is whole. If something else cuts it, it is the name of another host. */
function mayEndLocalName(text: Characters, end: number): boolean {
  const next = text.at(end);
  return /^[\s/?#:.,;!)\]}"'<>*`|…_~]?$/u.test(next) && next + text.at(end + 1) !== '..';
}

/** An address without a scheme within a run of host characters. */
function plainIn(text: Characters, runStart: number, runEnd: number, around: Surroundings): Result {
  // Most words end here: finding addresses takes half the time.
  if (!hasFullStop(text, runStart, runEnd) || !mayPrecede(text, runStart)) return none(runEnd);
  let start = runStart;
  while (text.at(start) === '-' && start < runEnd) start++;
  while (start < runEnd) {
    const end = endOfScript(text, start, runEnd);
    const found = plainAt(text, start, end, end === runEnd, around);
    if (found.found !== null) return found;
    start = end;
  }
  return none(runEnd);
}

function hasFullStop(text: Characters, start: number, end: number): boolean {
  for (let index = start; index < end; index++) if (text.at(index) === '.') return true;
  return false;
}

/** Where an unspaced script and Latin meet without a space: `見てexample.com`. */
function endOfScript(text: Characters, start: number, runEnd: number): number {
  for (let index = start + 1; index < runEnd; index++) {
    const [before, here] = [text.at(index - 1), text.at(index)];
    if ((isUnspaced(before) && isAsciiWord(here)) || (isAsciiWord(before) && isUnspaced(here))) return index;
  }
  return runEnd;
}

function plainAt(
  text: Characters,
  start: number,
  runEnd: number,
  isLast: boolean,
  around: Surroundings,
): Result {
  let end = runEnd;
  while (end > start && /^[.-]$/.test(text.at(end - 1))) end--;
  const host = textBetween(text, start, end);
  const labels = host.includes('.') ? labelsOf(host) : null;
  const port = endOfPort(text, end);
  if (labels === null || port === null || !hasOneScript(labels)) return none(runEnd);
  if (isLast && !mayFollow(text, runEnd)) return none(runEnd);
  const hasMore = port > end || /^[/?#]$/.test(text.at(end));
  if (!isPlainAddress(labels, hasMore)) return none(runEnd);
  const found = addressFrom(text, start, endAfter(text, port, around), 'https://');
  return found.found === null ? none(runEnd) : found;
}

/** Characters before which words with dots are something else: an e-mail address, a path, a hashtag, a setting. */
function mayPrecede(text: Characters, start: number): boolean {
  const before = text.at(start - 1);
  // The rest of a word whose beginning was read already.
  if (isLetter(before)) return false;
  if (/^[@/\\#$%+=&]$/.test(before) || text.at(start) === '.') return false;
  let index = start - 1;
  while (text.at(index) === '_') index--;
  // `my_file.com` is one word; the marks of `_example.org_` are not.
  return index === start - 1 || !isAsciiWord(text.at(index));
}

function mayFollow(text: Characters, end: number): boolean {
  const next = text.at(end);
  // `ada.example.org@example.net`, `console.info(x)`, `a.dev\b`.
  if (/^[@(\\]$/.test(next)) return false;
  let index = end;
  while (text.at(index) === '_') index++;
  return index === end || !isAsciiWord(text.at(index));
}

/**
 * Where a part with an `@` before the host ends; null without one. Such an address leads elsewhere than it seems:
 * `https://example.org@evil.example`. It is no link at all.
 */
function endOfCredentials(text: Characters, start: number): number | null {
  let index = start;
  let isRefused = false;
  for (; /^[^\s/?#\\<>"]$/u.test(text.at(index)); index++) if (text.at(index) === '@') isRefused = true;
  return isRefused ? index : null;
}

function endOfIPv6(text: Characters, start: number): number {
  let end = start + 1;
  while (/^[\da-f:.]$/i.test(text.at(end)) && end - start < 46) end++;
  return text.at(end) === ']' ? end + 1 : start;
}

/** The end of a port behind a host; the end of the host without one; null for an invalid port. */
function endOfPort(text: Characters, hostEnd: number): number | null {
  if (text.at(hostEnd) !== ':' || !/^\d$/.test(text.at(hostEnd + 1))) return hostEnd;
  let end = hostEnd + 1;
  while (/^\d$/.test(text.at(end))) end++;
  const isPort = end - hostEnd <= 6 && Number(textBetween(text, hostEnd + 1, end)) <= 65_535;
  return isPort && !/^[A-Za-z]$/.test(text.at(end)) ? end : null;
}

function endAfter(text: Characters, port: number, around: Surroundings): number {
  return /^[/?#]$/.test(text.at(port)) ? endOfRest(text, port, around) : port;
}

/** The address, if browsers can read it. They normalise hosts, so a part of a text need not be one. */
function addressFrom(text: Characters, start: number, end: number, scheme: string): Result {
  const url = `${scheme}${textBetween(text, start, end)}`;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isUsable = parsed !== null && parsed.username === '' && parsed.password === '';
  return { found: isUsable ? { start, end, url } : null, next: end };
}

const none = (next: number): Result => ({ found: null, next });
