import type { IdentityInput } from '@microblog/core';
import { z } from 'zod';
import type { SignInSecrets } from '../../outbound/identity-providers/identity-provider.ts';
import type { HostContext } from '../context.ts';
import { type CookieNeeds, type SignedCookie, signedCookie } from './signed-cookie.ts';

/** Who is at a provider takes minutes, looking for a phone, too. */
const LIFETIME = 10 * 60 * 1000;

/** A sign-in that began here and is to end here, in the same browser. */
export interface BegunSignIn extends SignInSecrets {
  /** The provider's slug. */
  readonly provider: string;
  /** A path within this application to go on to, or ''. */
  readonly next: string;
}

/** An identity that is proven, and waits for its account to be signed in to. */
export interface PendingLink {
  readonly provider: string;
  /** Who was signed in when it was proven, whose it is to bind then; null where nobody was. */
  readonly viewer: string | null;
  readonly identity: IdentityInput;
}

export interface SignInCookies {
  readonly begun: SignedCookie<BegunSignIn>;
  readonly link: SignedCookie<PendingLink>;
  /** A post that was typed before signing in, which no link to a provider can carry. */
  readonly draft: SignedCookie<string>;
}

const text = z.string().nullish();

// Why: docs/decisions/0023-pending-sign-in.md
/** Only one sign-in at a time: whoever begins another goes on with that. */
export function signInCookies(needs: CookieNeeds): SignInCookies {
  return {
    begun: signedCookie(needs, {
      name: 'microblog_sign_in',
      lifetime: LIFETIME,
      schema: z.object({
        ...{ provider: z.string(), state: z.string(), nonce: z.string(), verifier: z.string() },
        next: z.string(),
      }),
    }),
    draft: signedCookie(needs, { name: 'microblog_draft', lifetime: LIFETIME, schema: z.string() }),
    link: signedCookie(needs, {
      name: 'microblog_link',
      lifetime: LIFETIME,
      schema: z.object({
        provider: z.string(),
        viewer: z.string().nullable(),
        identity: z.object({
          ...{ issuer: z.string(), subject: z.string(), nickname: text, preferredUsername: text },
          ...{ email: text, emailVerified: z.boolean().nullish(), avatarUrl: text, locale: text },
        }),
      }),
    }),
  };
}

/** Whoever comes to this browser next goes on with nothing that somebody else began. */
export function forgetSignIns({ begun, link, draft }: SignInCookies, ctx: HostContext): void {
  for (const cookie of [begun, link, draft]) if (cookie.read(ctx) !== null) cookie.clear(ctx);
}

/** Bytes of a draft that a cookie has room for, of the 4 KB that browsers keep. */
const DRAFT_ROOM = 2_500;

/** Keeps a draft for who signs in with a provider; one that is too long for a cookie stays in the page alone. */
export function keepDraft({ draft }: SignInCookies, ctx: HostContext, text: string): void {
  if (Buffer.byteLength(JSON.stringify(text)) <= DRAFT_ROOM) draft.set(ctx, text);
}

/** The draft that was kept, or ''. It is gone afterwards. */
export function takeDraft({ draft }: SignInCookies, ctx: HostContext): string {
  const text = draft.read(ctx);
  if (text !== null) draft.clear(ctx);
  return text ?? '';
}

/** What of an identity a cookie has room for: browsers keep 4 KB. A picture can wait for the next sign-in. */
export function keptIdentity(identity: IdentityInput): IdentityInput {
  const short = (value: string | null | undefined) => value?.slice(0, 300) ?? null;
  return {
    ...identity,
    nickname: short(identity.nickname),
    preferredUsername: short(identity.preferredUsername),
    email: (identity.email?.length ?? 0) > 300 ? null : (identity.email ?? null),
    avatarUrl: null,
    locale: short(identity.locale),
  };
}
