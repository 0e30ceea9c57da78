import type Keygrip from 'keygrip';
import type { z } from 'zod';
import type { Urls } from '../../site/urls.ts';
import type { HostContext } from '../context.ts';
import { ownCookies } from './own-cookies.ts';

/** A value that a browser keeps for a time, and that it can read but not change. */
export interface SignedCookie<Value> {
  set(ctx: HostContext, value: Value): void;
  /**
   * The value that the browser has, or gets with this answer. Null if the cookie is missing, expired, or not signed
   * here.
   */
  read(ctx: HostContext): Value | null;
  clear(ctx: HostContext): void;
}

/** What signed cookies are made with. */
export interface CookieNeeds {
  readonly keys: Keygrip;
  readonly urls: Urls;
}

interface SignedCookieOptions<Schema extends z.ZodType> {
  readonly name: string;
  readonly schema: Schema;
  /** In milliseconds. The server checks it too. */
  readonly lifetime: number;
}

/** The cookie reads `<expiry and value as JSON, in base64url>.<signature>`, signed under its name. */
export function signedCookie<Schema extends z.ZodType>(
  { keys, urls }: CookieNeeds,
  { name, schema, lifetime }: SignedCookieOptions<Schema>,
): SignedCookie<z.output<Schema>> {
  const cookies = ownCookies(urls);
  const changed = new WeakMap<HostContext, z.output<Schema> | null>();
  return {
    set(ctx, value) {
      changed.set(ctx, value);
      const content = Buffer.from(JSON.stringify({ value, until: Date.now() + lifetime })).toString(
        'base64url',
      );
      cookies.set(ctx, name, `${content}.${keys.sign(`${name} ${content}`)}`, { maxAge: lifetime });
    },
    read(ctx) {
      const change = changed.get(ctx);
      if (change !== undefined) return change;
      const [content = '', signature = ''] = cookies.get(ctx, name)?.split('.', 2) ?? [];
      if (signature === '' || !keys.verify(`${name} ${content}`, signature)) return null;
      const { value, until } = JSON.parse(Buffer.from(content, 'base64url').toString());
      return until < Date.now() ? null : (schema.safeParse(value).data ?? null);
    },
    clear(ctx) {
      changed.set(ctx, null);
      cookies.clear(ctx, name);
    },
  };
}
