import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog, type HostProfile, memoryStorage } from '@microblog/core';
import { onTestFinished } from 'vitest';
import { createKoaApp, type KoaAppOptions } from '../../src/index.ts';
import { SECRET_KEY } from './host.ts';
import { type Visitor, visitor } from './visitor.ts';

export interface ShopRequest extends IncomingMessage {
  session?: { user: unknown };
}

export const profileOf = (name: string): HostProfile => ({
  externalId: `shop-${name}`,
  nickname: name,
  email: `${name}@example.org`,
});

/** A shop with its own session cookie. It puts its user on the request before the microblog gets it. */
export async function openShop(options: Partial<KoaAppOptions> = {}) {
  const storage = memoryStorage();
  const logged: { level: string; details: Record<string, unknown>; message: string }[] = [];
  const log = (level: string) => (details: object, message: string) =>
    void logged.push({ level, details: { ...details }, message });
  const logger = { debug() {}, info() {}, warn: log('warn'), error: log('error') };
  const microblog = createMicroblog({ storage, logger });
  const people = new Map<string, unknown>();
  const app = createKoaApp(microblog, {
    secretKeys: [SECRET_KEY],
    basePath: '/blog',
    authenticate: (request: ShopRequest) => request.session?.user as HostProfile,
    loginUrl: '/shop/login',
    strictTemplates: true,
    logger,
    ...options,
  });
  const handle = app.callback();
  const server = createServer((request: ShopRequest, response) => {
    const [, name = ''] = /(?:^|; )shop=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
    if (people.has(name)) request.session = { user: people.get(name) };
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/blog`;
  return {
    url,
    storage,
    microblog,
    logged,
    people,
    visitor: () => visitor(url),
    signIn(browser: Visitor, name: string, profile: unknown = profileOf(name)) {
      people.set(name, profile);
      browser.cookies.set('shop', name);
    },
    member(name: string, profile?: unknown) {
      const browser = visitor(url);
      this.signIn(browser, name, profile);
      return browser;
    },
  };
}
