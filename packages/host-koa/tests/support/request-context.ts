import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { User } from '@microblog/core';
import Keygrip from 'keygrip';
import Koa from 'koa';
import type { HostContext, HostState } from '../../src/http/context.ts';
import { translations } from '../../src/i18n/translations.ts';

export interface RequestSketch {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly viewer?: User | null;
  /** By name. */
  readonly cookies?: Readonly<Record<string, string>>;
  readonly keys?: Keygrip;
  readonly lang?: string;
}

/** A cookie as the response sets it; attributes in lower case, `''` for those without a value. */
export interface SetCookie {
  readonly value: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export const testKeys = (...keys: string[]) =>
  new Keygrip(keys.length > 0 ? keys : ['a key for tests alone'], 'sha256', 'base64url');

/** The context of a request without a network. */
export function requestContext(sketch: RequestSketch = {}): HostContext {
  const { method = 'GET', url = '/', headers = {}, cookies = {}, lang = 'en', viewer = null } = sketch;
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = url;
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  request.headers = {
    host: 'localhost',
    ...headers,
    ...(cookie.length > 0 ? { cookie: cookie.join('; ') } : {}),
  };
  if (sketch.body !== undefined) request.push(sketch.body);
  request.push(null);
  const app = new Koa<HostState>();
  app.keys = sketch.keys ?? testKeys();
  const ctx = app.createContext<HostState>(request, new ServerResponse(request));
  const offered = translations(['en', 'es']);
  Object.assign(ctx.state, {
    requestId: 'test',
    route: null,
    lang,
    translate: offered.translate(lang),
    viewer,
  });
  return ctx;
}

/** The cookies that the response sets, by name. */
export function cookiesSetBy(ctx: HostContext): Map<string, SetCookie> {
  const lines = [ctx.response.get('Set-Cookie') ?? []].flat().filter((line) => line !== '');
  return new Map(lines.map(parseSetCookie));
}

export function parseSetCookie(line: string): [name: string, cookie: SetCookie] {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const [name, value] = split(pair);
  const attributes = Object.fromEntries(rest.map(split).map(([key, text]) => [key.toLowerCase(), text]));
  return [name, { value, attributes }];
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
