import type { IncomingMessage } from 'node:http';
import type { HostProfile } from '@microblog/core';
import { expect } from 'vitest';
import type { KoaAppOptions } from '../../src/index.ts';
import type { OpenHost } from './host.ts';
import type { Answer, Visitor } from './visitor.ts';

/** A host application whose cookie `shop` names the signed-in user. */
export const shopSignIn = {
  authenticate: (request: IncomingMessage): HostProfile | null => {
    const [, name] = /(?:^|; )shop=([\w.]+)/.exec(request.headers.cookie ?? '') ?? [];
    if (name === undefined) return null;
    return { externalId: `shop-${name}`, nickname: name, email: `${name}@example.org` };
  },
  loginUrl: '/shop/login',
} satisfies Partial<KoaAppOptions>;

/** `name` becomes the person's nickname if it is free. */
export function signInAtShop(visitor: Visitor, name: string): void {
  visitor.cookies.set('shop', name);
}

/** If a visitor sends a form for members: redirects to the sign-in page, or shows a link to it. */
export function expectSignInDemand(open: OpenHost, { status, location, text }: Answer): void {
  if (open.signIn === 'own') {
    expect([status, location]).toEqual([303, '/login']);
  } else {
    expect([status, location]).toEqual([401, null]);
    expect(text).toContain('href="/shop/login?next=');
  }
}
