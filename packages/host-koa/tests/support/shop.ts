import type { IncomingMessage } from 'node:http';
import type { HostProfile } from '@microblog/core';
import { expect } from 'vitest';
import type { KoaAppOptions } from '../../src/index.ts';
import type { OpenHost } from './host.ts';
import type { Answer, Visitor } from './visitor.ts';

/** An application around this one, whose cookie `shop` says who is signed in there. */
export const shopSignIn = {
  authenticate: (request: IncomingMessage): HostProfile | null => {
    const [, name] = /(?:^|; )shop=([\w.]+)/.exec(request.headers.cookie ?? '') ?? [];
    if (name === undefined) return null;
    return { externalId: `shop-${name}`, nickname: name, email: `${name}@example.org` };
  },
  loginUrl: '/shop/login',
} satisfies Partial<KoaAppOptions>;

/** `name` is the person's nickname too, where it is free. */
export function signInAtShop(visitor: Visitor, name: string): void {
  visitor.cookies.set('shop', name);
}

/** A visitor's form that only members may send leads to the sign-in page, or shows where it is. */
export function expectSignInDemand(open: OpenHost, { status, location, text }: Answer): void {
  if (open.signIn === 'own') {
    expect([status, location]).toEqual([303, '/login']);
  } else {
    expect([status, location]).toEqual([401, null]);
    expect(text).toContain('href="/shop/login?next=');
  }
}
