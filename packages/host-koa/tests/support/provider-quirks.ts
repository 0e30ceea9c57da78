import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What sets a provider apart from a plain provider of OpenID Connect. */
export interface Quirks {
  /** Path of the issuer. Default: none. */
  readonly path?: string;
  /** Another path with the same provider, such as that of all tenants. */
  readonly alias?: string;
  /** Whether answers name the issuer (RFC 9207). Default: true. */
  readonly namesIssuer?: boolean;
  readonly scopes?: readonly string[];
  /** The claims of each scope. */
  readonly claims?: Readonly<Record<string, string[]>>;
  /** Parameters that come with each answer. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Changes the published metadata. */
  readonly metadata?: (metadata: Record<string, unknown>) => Record<string, unknown>;
  /** Refuses a request for an answer, with this text. */
  readonly refuses?: (parameters: URLSearchParams) => string | null;
  /** Checks the client's secret, if it is not a fixed one. */
  readonly isSecret?: (secret: string, issuer: string) => boolean;
  /** The field `user` of a posted answer, for the person who was just there; null without one. */
  readonly userField?: (subject: string) => string | null;
}

const accounts = { openid: ['sub'], email: ['email', 'email_verified'] };

/** Says nothing but the name; puts all into the ID token; adds parameters of its own. */
export const google: Quirks = {
  namesIssuer: false,
  claims: { ...accounts, profile: ['name', 'given_name', 'picture'] },
  extra: { authuser: '0', prompt: 'none', scope: 'email profile openid' },
};

export const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';

/** Its issuer is the tenant's; for all tenants, it is a template. It never says whether an address is verified. */
export const entra: Quirks = {
  path: `/${TENANT}/v2.0`,
  alias: '/common/v2.0',
  namesIssuer: false,
  claims: { openid: ['sub', 'tid', 'oid'], email: ['email'], profile: ['name', 'preferred_username'] },
  extra: { session_state: '5f1a' },
};

/** Nicknames and addresses are in userinfo alone. */
export const gitlab: Quirks = {
  namesIssuer: false,
  claims: { ...accounts, profile: ['name', 'nickname', 'preferred_username', 'profile', 'picture'] },
};

export const keycloak: Quirks = {
  path: '/realms/blog',
  claims: { ...accounts, profile: ['name', 'preferred_username'] },
  extra: { session_state: '5f1a' },
};

/** Its issuer ends with a slash. */
export const authentik: Quirks = {
  path: '/application/o/blog/',
  namesIssuer: false,
  claims: { ...accounts, profile: ['name', 'nickname', 'preferred_username'] },
};

export const APPLE_TEAM = { teamId: 'A1B2C3D4E5', keyId: 'F6G7H8I9J0' };

/** Posts its answers, knows the scope `name` instead of `profile`, and takes secrets that are signed with its key. */
export function apple(clientId: string): Quirks & { readonly privateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const seen = new Set<string>();
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    namesIssuer: false,
    scopes: ['openid', 'email', 'name'],
    claims: { ...accounts, name: [] },
    metadata: ({ userinfo_endpoint: _, code_challenge_methods_supported: __, ...metadata }) => metadata,
    refuses(parameters) {
      if (parameters.get('response_mode') !== 'form_post')
        return 'response_mode must be form_post when name or email scope is requested.';
      return parameters.get('scope') === 'openid email name' ? null : 'invalid_scope';
    },
    isSecret(secret, issuer) {
      const [header = '', claims = '', signature = ''] = secret.split('.');
      const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
      const { alg, kid } = decoded(header);
      const { iss, sub, aud, iat, exp } = decoded(claims);
      const key = { key: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })) };
      return (
        verify(
          'sha256',
          Buffer.from(`${header}.${claims}`),
          { ...key, dsaEncoding: 'ieee-p1363' },
          Buffer.from(signature, 'base64url'),
        ) &&
        [alg, kid, iss, sub, aud].join() ===
          ['ES256', APPLE_TEAM.keyId, APPLE_TEAM.teamId, clientId, issuer].join() &&
        exp > iat &&
        exp - iat <= 15_777_000
      );
    },
    userField(subject) {
      if (seen.has(subject)) return null;
      seen.add(subject);
      return JSON.stringify({
        name: { firstName: 'Ada', lastName: 'Lovelace' },
        email: 'forged@example.org',
      });
    },
  };
}

/** Removes the path of the issuer, as the provider expects of the server around it. */
export function mountAt(request: IncomingMessage, { path = '', alias }: Quirks): void {
  const url = request.url ?? '';
  const prefix = [path.replace(/\/$/, ''), alias].find(
    (one) => one !== undefined && url.startsWith(`${one}/`),
  );
  if (prefix === undefined || prefix === '') return;
  Object.assign(request, { originalUrl: url, url: url.slice(prefix.length) });
}

/** Changes metadata, redirects and posted answers as they leave. */
export function changeAnswer(
  response: ServerResponse,
  { namesIssuer = true, extra = {}, metadata = (same) => same, userField }: Quirks,
  about: { readonly isMetadata: boolean; readonly subject: () => string },
): void {
  const setHeader = response.setHeader.bind(response);
  const end = response.end.bind(response);
  response.setHeader = (name, value) => {
    const isAnswer = name.toLowerCase() === 'location' && /[?&](code|error)=/.test(String(value));
    if (!isAnswer) return setHeader(name, value);
    const location = new URL(String(value));
    if (!namesIssuer) location.searchParams.delete('iss');
    for (const [key, text] of Object.entries(extra)) location.searchParams.set(key, text);
    return setHeader(name, location.href);
  };
  response.end = ((body: unknown, ...rest: unknown[]) => {
    let text = Buffer.isBuffer(body) ? body.toString() : body;
    if (about.isMetadata && typeof text === 'string' && response.statusCode === 200) {
      const said: Record<string, unknown> = JSON.parse(text);
      if (!namesIssuer) delete said.authorization_response_iss_parameter_supported;
      text = JSON.stringify(metadata(said));
    } else if (typeof text === 'string' && text.includes('name="code"')) {
      const user = userField?.(about.subject()) ?? null;
      const field =
        user === null ? '' : `<input type="hidden" name="user" value="${user.replaceAll('"', '&quot;')}"/>`;
      if (!namesIssuer) text = text.replace(/<input type="hidden" name="iss"[^>]*>/, '');
      text = String(text).replace('<noscript>', `${field}<noscript>`);
    } else {
      return (end as (...given: unknown[]) => ServerResponse)(body, ...rest);
    }
    if (!response.headersSent) setHeader('Content-Length', Buffer.byteLength(String(text)));
    return end(String(text));
  }) as typeof response.end;
}
