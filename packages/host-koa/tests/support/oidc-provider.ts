import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { providerAdapter } from './provider-adapter.ts';
import { changeAnswer, mountAt, type Quirks } from './provider-quirks.ts';

/** A person's claims at the provider, apart from the subject. */
export type Claims = Readonly<Record<string, string | boolean | undefined>>;

export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By subject; the subject is also the password. */
  readonly people: Map<string, Claims>;
  /** Requested paths, in order. */
  readonly asked: readonly string[];
  /** Answers a request instead of the provider, if it returns true. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Makes an unused code expire. */
  expire(code: string): Promise<void>;
  /** Stops listening on its port. */
  close(): Promise<void>;
}

export interface TestProviderOptions {
  readonly redirectUris: readonly string[];
  /** Default: any free port. */
  readonly port?: number;
  /** Whether the ID token has the claims too. Default: only userinfo has them, as the specification says. */
  readonly claimsInToken?: boolean;
  /** How the client authenticates. Default: in a header. */
  readonly authentication?: 'client_secret_basic' | 'client_secret_post';
  /** What sets it apart, as the providers of this world have it. Default: nothing. */
  readonly quirks?: Quirks;
}

export const CLIENT_ID = 'microblog';

const keys = [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })];

/**
 * A real provider of OpenID Connect on 127.0.0.1. Its one page asks for the `subject`, in a form with the buttons
 * `allow` and `refuse`.
 */
export async function oidcProvider(options: TestProviderOptions): Promise<TestProvider> {
  const {
    redirectUris,
    claimsInToken = false,
    authentication = 'client_secret_basic',
    quirks = {},
  } = options;
  const people = new Map<string, Claims>();
  const asked: string[] = [];
  const server = createServer();
  await new Promise<void>((listening) => server.listen(options.port ?? 0, '127.0.0.1', () => listening()));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}${quirks.path ?? ''}`;
  const [clientId, clientSecret] = [CLIENT_ID, `secret ${randomUUID()}`];
  let latest = '';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        token_endpoint_auth_method: authentication,
      },
    ],
    clientAuthMethods: [authentication],
    adapter: providerAdapter(),
    jwks: { keys },
    cookies: { keys: [randomUUID()] },
    conformIdTokenClaims: !claimsInToken,
    ...(quirks.scopes === undefined ? {} : { scopes: [...quirks.scopes] }),
    claims: quirks.claims ?? {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['nickname', 'preferred_username', 'picture', 'locale'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/person/${uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ ...people.get(sub), sub }),
    }),
  });
  const { isSecret } = quirks;
  if (isSecret !== undefined)
    provider.Client.prototype.compareClientSecret = (secret) => isSecret(secret, issuer);
  const answer = provider.callback();

  async function finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const fields = new URLSearchParams(Buffer.concat(chunks).toString());
    if (fields.has('refuse')) {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const accountId = fields.get('subject') ?? '';
    latest = accountId;
    const grant = new provider.Grant({ accountId, clientId });
    grant.addOIDCScope(['openid email profile', ...(quirks.scopes ?? [])].join(' '));
    const login = { accountId };
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login, consent });
  }

  const self: TestProvider = {
    ...{ issuer, port, clientId, clientSecret, people, asked },
    intercept: () => false,
    async expire(code) {
      const found = await provider.AuthorizationCode.find(code);
      if (found === undefined) throw new Error('There is no such code.');
      found.exp = Math.floor(Date.now() / 1000) - 60;
      await found.save();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
    [Symbol.asyncDispose]: () => self.close(),
  };
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer);
    asked.push(pathname);
    if (self.intercept(request, response)) return;
    if (!pathname.startsWith('/person/')) {
      const refusal = pathname.endsWith('/auth') ? (quirks.refuses?.(searchParams) ?? null) : null;
      if (refusal !== null) return void response.writeHead(400).end(refusal);
      mountAt(request, quirks);
      const isMetadata = pathname.endsWith('/.well-known/openid-configuration');
      changeAnswer(response, quirks, { isMetadata, subject: () => latest });
      return void answer(request, response);
    }
    if (request.method === 'POST') return void finish(request, response);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Who are you?</title><form method="post">
       <input name="subject" aria-label="Subject"><button name="allow" value="1">Allow</button>
       <button name="refuse" value="1">Refuse</button></form></html>`,
    );
  });
  return self;
}

/** What a provider sends back: the address, and the fields of a posted form. */
export interface ProviderAnswer {
  readonly address: string;
  /** Null if the provider redirects. */
  readonly posted: URLSearchParams | null;
}

/** Goes through the provider's pages as `subject`, or refuses (null). Returns the redirect target. */
export async function atProvider(location: string, subject: string | null): Promise<string> {
  return (await answerOfProvider(location, subject)).address;
}

export async function answerOfProvider(location: string, subject: string | null): Promise<ProviderAnswer> {
  const { origin } = new URL(location);
  const cookies = new Map<string, string>();
  let next = location;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 10; step++) {
    const response: Response = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const led = response.headers.get('Location');
    const text = await response.text();
    form = undefined;
    const [, action] = /<form method="post" action="([^"]+)"/.exec(text) ?? [];
    if (action !== undefined && new URL(action).origin !== origin) {
      const fields = [...text.matchAll(/name="(\w+)" value="([^"]*)"/g)];
      const decoded = fields.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')]);
      return { address: action, posted: new URLSearchParams(decoded) };
    }
    if (led === null) {
      if (response.status !== 200) throw new Error(`The provider answered ${response.status}: ${text}`);
      form = new URLSearchParams(subject === null ? { refuse: '1' } : { allow: '1', subject });
    } else {
      next = new URL(led, next).href;
      if (new URL(next).origin !== origin) return { address: next, posted: null };
    }
  }
  throw new Error('The provider leads in circles.');
}
