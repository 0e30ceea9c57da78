import { z } from 'zod';
import { baseOf } from './issuer.ts';
import { signingKeySchema } from './signing-key.ts';

const MAX_NAME_LENGTH = 40;

/** Messages complete the sentence "expected …". */
const knownFields = z.strictObject({
  name: z
    .string({ error: 'a name such as "Google"' })
    .trim()
    .max(MAX_NAME_LENGTH, `a name of at most ${MAX_NAME_LENGTH} characters`)
    .refine((name) => slugOf(name) !== '', 'a name with a letter from a to z or a digit')
    .describe('The name that people see. Its small letters make the addresses, such as `/login/google`.'),
  issuer: z
    .string({ error: 'an address such as https://accounts.google.com' })
    .refine(isIssuer, 'an https address without user, query or fragment (http only for this machine)')
    .describe('The issuer address of the provider, from which its metadata is read.'),
  clientId: z.string({ error: 'a text' }).min(1, 'a text').describe('The id of this site at the provider.'),
  clientSecret: z
    .string({ error: 'a text' })
    .min(1, 'a text')
    .optional()
    .describe('The secret with which this site identifies itself to the provider.'),
  clientSecretKey: signingKeySchema
    .optional()
    .describe('Instead of `clientSecret`: the key that signs such secrets, as Apple gives it.'),
  responseMode: z
    .enum(['query', 'form_post'], '"query" or "form_post"')
    .optional()
    .describe('How the provider sends people back. Default: `form_post` for Apple, else `query`.'),
});

export const providerSettingsSchema = knownFields.superRefine(
  ({ clientSecret, clientSecretKey }, { addIssue }) => {
    const path = clientSecret === undefined ? 'clientSecret' : 'clientSecretKey';
    if (clientSecret === undefined && clientSecretKey === undefined)
      addIssue({ code: 'custom', path: [path], message: 'a text' });
    if (clientSecret !== undefined && clientSecretKey !== undefined)
      addIssue({ code: 'custom', path: [path], message: 'left out, since there is a clientSecret' });
  },
);

/** A provider of OpenID Connect that people may sign in with. */
export type ProviderSettings = z.output<typeof providerSettingsSchema>;

const APPLE = 'https://appleid.apple.com';

/** Apple posts its answer if it is asked for an address or a name. */
export function responseModeOf({ responseMode, issuer }: ProviderSettings): 'query' | 'form_post' {
  return responseMode ?? (baseOf(issuer) === APPLE ? 'form_post' : 'query');
}

/** The secrets in a provider's settings, which no log or page may show. */
export function secretsOfProvider({ clientSecret, clientSecretKey }: ProviderSettings): string[] {
  return [clientSecret, clientSecretKey?.privateKey].filter((secret) => secret !== undefined);
}

/** A provider's name in addresses: the small letters and digits of its name, with hyphens between. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** The path to which a provider redirects, below the base path. */
export function callbackPath(slug: string): string {
  return `/login/${slug}/callback`;
}

/** What is wrong with a list of providers: endings of the sentence "expected …", without the given values. */
export function providerFaults(given: unknown): string[] {
  const parsed = z.array(providerSettingsSchema, { error: 'a list' }).safeParse(given);
  if (parsed.success) return [...repeatedNames(parsed.data), ...repeatedIssuers(parsed.data)];
  const faults = parsed.error.issues.map((issue) => {
    const [entry, field] = issue.path;
    if (entry === undefined) return 'a list of providers, each with name, issuer, clientId and clientSecret';
    const place = `entry ${Number(entry) + 1}`;
    if (issue.code === 'unrecognized_keys' && field === undefined) {
      return `in ${place} only ${Object.keys(knownFields.shape).join(', ')}, not ${issue.keys.join(', ')}`;
    }
    if (field === undefined) return `${place} to have name, issuer, clientId and clientSecret`;
    return `${String(field)} of ${place} to be ${issue.message}`;
  });
  return [...new Set(faults)];
}

/** Reads a list of providers from JSON. Faults are reported; the list is empty then. */
export function parseProviders(text: string, report: (fault: string) => void): ProviderSettings[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    // The parser's message would quote the text and its secrets.
    report('JSON: [{ "name": …, "issuer": …, "clientId": …, "clientSecret": … }]');
    return [];
  }
  const faults = providerFaults(given);
  for (const fault of faults) report(fault);
  return faults.length > 0 ? [] : z.array(providerSettingsSchema).parse(given);
}

function repeatedNames(providers: readonly ProviderSettings[]): string[] {
  const twice = firstRepeated(providers.map(({ name }) => slugOf(name)));
  return twice === undefined
    ? []
    : [`names that differ in letters or digits: two of them make /login/${twice}`];
}

/**
 * An identity is issuer and subject. A provider may give two clients different subjects for the same person
 * (pairwise ones, OpenID Connect Core 1.0, section 8.1). Then the account would depend on the button.
 */
function repeatedIssuers(providers: readonly ProviderSettings[]): string[] {
  const twice = firstRepeated(providers.map(({ issuer }) => baseOf(issuer)));
  return twice === undefined ? [] : ['issuers that differ: each provider once, with one clientId'];
}

function firstRepeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index);
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username + password + search + hash === '';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
