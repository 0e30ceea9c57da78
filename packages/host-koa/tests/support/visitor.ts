import { valueIn } from './html.ts';
import { parseSetCookie, type SetCookie } from './request-context.ts';

export const PASSWORD = 'correct horse battery';

/** An answer of the host, whatever its status; redirects are not followed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The redirect target without the base path; null if there is no redirect. */
  readonly location: string | null;
  /** By name, without the prefix `__Host-`. */
  readonly setCookies: ReadonlyMap<string, SetCookie>;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream<Uint8Array>;
}

export type Fields = Readonly<Record<string, string>>;

/** A visitor with their own browser: it keeps cookies, follows no redirects, runs no scripts. */
export interface Visitor {
  /** By name, without the prefix `__Host-`; only those that the browser sends to paths below the base path. */
  readonly cookies: Map<string, string>;
  /** Requests a path below the base path. */
  request(path: string, options?: RequestOptions): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a form with the token of the page `from`. Default: the form's own page. */
  submit(path: string, fields?: Fields, from?: string): Promise<Answer>;
  /** Sends a form as it is, without a token unless it is among the fields. */
  send(path: string, fields: Fields, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The token of a page's forms. */
  token(from: string): Promise<string>;
  register(nickname: string, changes?: Fields): Promise<Answer>;
  signIn(login: string, changes?: Fields): Promise<Answer>;
}

export interface VisitorOptions {
  readonly language?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PREFIX = /^__Host-/;

/** The prefixed cookies of each host, by address. */
const prefixed = new Map<string, Set<string>>();

/** `url` is the host's address with its base path, without a trailing slash. */
export function visitor(url: string, { language = 'en', headers = {} }: VisitorOptions = {}): Visitor {
  const { origin, pathname } = new URL(`${url}/`);
  const basePath = pathname.slice(0, -1);
  const cookies = new Map<string, string>();
  const ofHost = prefixed.get(url) ?? new Set();
  prefixed.set(url, ofHost);
  const written = (name: string) => (ofHost.has(name) ? `__Host-${name}` : name);

  function keep(set: ReadonlyMap<string, SetCookie>): void {
    for (const [name, { value, attributes }] of set) {
      if (attributes.path !== (basePath || '/'))
        throw new Error(`The cookie ${name} has the path ${attributes.path}.`);
      const over = attributes.expires !== undefined && Date.parse(attributes.expires) <= Date.now();
      if (over) cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  const self: Visitor = {
    cookies,

    async request(path, { method = 'GET', headers: more = {}, body } = {}) {
      const cookie = [...cookies].map(([name, value]) => `${written(name)}=${value}`).join('; ');
      const response = await fetch(`${origin}${basePath}${path}`, {
        method,
        redirect: 'manual',
        headers: { Accept: 'text/html', 'Accept-Language': language, Cookie: cookie, ...headers, ...more },
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      });
      const lines = response.headers.getSetCookie().map(parseSetCookie);
      for (const [name] of lines) {
        if (PREFIX.test(name)) ofHost.add(name.replace(PREFIX, ''));
        else ofHost.delete(name);
      }
      const setCookies = new Map(lines.map(([name, cookie]) => [name.replace(PREFIX, ''), cookie]));
      keep(setCookies);
      const location = response.headers.get('Location');
      return {
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        location: location?.startsWith(`${basePath}/`) ? location.slice(basePath.length) : location,
        setCookies,
      };
    },

    get: (path, more = {}) => self.request(path, { headers: more }),

    async submit(path, fields = {}, from = pageOf(path)) {
      return self.send(path, { _csrf: await self.token(from), ...fields });
    },

    send(path, fields, more = {}) {
      const type = 'application/x-www-form-urlencoded';
      const body = new URLSearchParams(fields).toString();
      return self.request(path, { method: 'POST', headers: { 'Content-Type': type, ...more }, body });
    },

    async token(from) {
      const { text, status } = await self.get(from);
      const token = valueIn(text, '_csrf');
      if (token === null) throw new Error(`The page ${from} (${status}) has no form.`);
      return token;
    },

    register: (nickname, changes = {}) =>
      self.submit('/register', {
        nickname,
        email: `${nickname}@example.org`,
        password: PASSWORD,
        ...changes,
      }),

    signIn: (login, changes = {}) => self.submit('/login', { login, password: PASSWORD, ...changes }),
  };
  return self;
}

/** The page that contains a form, if not every page does. */
function pageOf(path: string): string {
  return path === '/login' || path === '/register' ? path : '/explore';
}
