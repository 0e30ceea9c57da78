import type { RunningHost } from './host.ts';
import { answerOfProvider, atProvider, type TestProvider } from './oidc-provider.ts';
import { type Answer, visitor as newVisitor, type Visitor } from './visitor.ts';

/** The host's origin in tests, as registered at providers. */
export const ORIGIN = 'https://blog.example.org';

/** Settings of a provider for the host. */
export function settingsOf({ issuer, clientId, clientSecret }: TestProvider, name: string) {
  return { name, issuer, clientId, clientSecret };
}

/** Resolves an address below `origin`, as a browser would, to a path of the running host. */
export function pathOf(host: RunningHost, address: string): string {
  const { origin, pathname, search } = new URL(address);
  if (origin !== ORIGIN) throw new Error(`${address} is not of this site.`);
  return pathname.slice(new URL(`${host.url}/`).pathname.length - 1) + search;
}

/** Signs in at the provider as `subject` and returns the path of the host to which it redirects; null refuses. */
export async function toProvider(
  host: RunningHost,
  visitor: Visitor,
  path: string,
  subject: string | null,
  change: (address: URL) => void = () => {},
): Promise<string> {
  const { status, location } = await visitor.get(path);
  if (status !== 303 || location === null) throw new Error(`${path} answered ${status}.`);
  const address = new URL(location);
  change(address);
  return pathOf(host, await atProvider(address.href, subject));
}

/**
 * A whole sign-in with a provider that may post its answer. Browsers send no cookie with such a POST, and take those
 * that come back.
 */
export async function signInThrough(
  host: RunningHost,
  visitor: Visitor,
  path: string,
  subject: string | null,
): Promise<Answer> {
  const { location } = await visitor.get(path);
  const { address, posted } = await answerOfProvider(location ?? '', subject);
  if (posted === null) return visitor.get(pathOf(host, address));
  const withoutCookies = newVisitor(host.url);
  const answer = await withoutCookies.request(pathOf(host, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: new URL(location ?? '').origin },
    body: posted.toString(),
  });
  for (const [name, value] of withoutCookies.cookies) visitor.cookies.set(name, value);
  return answer.location === null ? answer : visitor.get(answer.location);
}

/** The whole sign-in: to the provider as `subject`, and back. */
export async function signInAt(
  host: RunningHost,
  visitor: Visitor,
  path: string,
  subject: string | null,
): Promise<Answer> {
  return visitor.get(await toProvider(host, visitor, path, subject));
}

/** Adds a person to these providers, by default with a verified address; returns the subject. */
export function personAt(
  providers: readonly TestProvider[],
  subject: string,
  changes: Readonly<Record<string, string | boolean | undefined>> = {},
): string {
  const claims = { nickname: subject, email: `${subject}@example.org`, email_verified: true, ...changes };
  for (const { people } of providers) people.set(subject, claims);
  return subject;
}

/** Identities connected to the account of that name; empty if there is no such account. */
export async function identitiesOf({ storage }: RunningHost, nickname: string) {
  const user = await storage.users.findByNickname(nickname);
  return user === null ? [] : storage.identities.listByUser(user.id);
}
