/** A visitor with a browser: keeps cookies, and sends forms with the token of the current page. */
export interface BrowserlessMember {
  get(path: string): Promise<Response>;
  /** Sends a form; redirects are not followed. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** The header with all cookies, for requests of one's own. */
  cookies(): string;
  /** The same person at another server, such as the same one after a restart. */
  moveTo(origin: string): void;
}

export function browserlessMember(start: string, language = 'en'): BrowserlessMember {
  let origin = start;
  const cookies = new Map<string, string>();
  let token: string | undefined;

  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = header();
    const response = await fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: { 'Accept-Language': language, ...init.headers, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  async function freshToken(): Promise<string> {
    const page = await (await request('/explore')).text();
    const found = /name="_csrf" value="([^"]+)"/.exec(page)?.[1];
    if (found === undefined) throw new Error('The page has no form with a token.');
    return found;
  }

  return {
    get: (path) => request(path),
    cookies: header,
    async submit(path, fields) {
      token ??= await freshToken();
      const body = new URLSearchParams({ _csrf: token, ...fields });
      const response = await request(path, { method: 'POST', body });
      // The form may have changed who is signed in, and with it the token.
      if (path === '/login' || path === '/register' || path === '/logout') token = undefined;
      return response;
    },
    moveTo(elsewhere) {
      origin = elsewhere;
    },
  };
}
