import type { IdentityInput } from '@microblog/core';
import { z } from 'zod';
import type { SignInSecrets } from '../../outbound/identity-providers/identity-provider.ts';
import type { HostContext } from '../context.ts';
import { type CookieNeeds, type SignedCookie, signedCookie } from './signed-cookie.ts';

/** In milliseconds. Signing in at a provider takes minutes, for example to find a phone. */
const LIFETIME = 10 * 60 * 1000;

/** A sign-in that began in this browser, and must end in it. */
export interface PendingSignIn extends SignInSecrets {
  /** The provider's slug. */
  readonly provider: string;
  /** A path within this application to go on to, or ''. */
  readonly next: string;
}

/** A name that came with a provider's posted answer. */
export interface PostedName {
  /** Of the sign-in that it belongs to. */
  readonly state: string;
  readonly name: string;
}

/** A proven identity that waits until its account is signed in to. */
export interface PendingLink {
  readonly provider: string;
  /** The id of the member who was signed in when it was proven, and who may link it. Null for a visitor. */
  readonly viewer: string | null;
  readonly identity: IdentityInput;
}

export interface SignInCookies {
  readonly pending: SignedCookie<PendingSignIn>;
  readonly link: SignedCookie<PendingLink>;
  readonly postedName: SignedCookie<PostedName>;
  /** A post that was typed before signing in: links to a provider can't carry it. */
  readonly draft: SignedCookie<string>;
}

const text = z.string().nullish();

// Why: docs/decisions/0023-pending-sign-in.md
/** One sign-in at a time: beginning another one replaces it. */
export function signInCookies(needs: CookieNeeds): SignInCookies {
  return {
    pending: signedCookie(needs, {
      name: 'microblog_sign_in',
      lifetime: LIFETIME,
      schema: z.object({
        ...{ provider: z.string(), state: z.string(), nonce: z.string(), verifier: z.string() },
        next: z.string(),
      }),
    }),
    postedName: signedCookie(needs, {
      name: 'microblog_name',
      lifetime: LIFETIME,
      schema: z.object({ state: z.string(), name: z.string() }),
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

/** Removes unfinished sign-ins, so that the next person in this browser can't continue them. */
export function forgetSignIns({ pending, link, postedName, draft }: SignInCookies, ctx: HostContext): void {
  for (const cookie of [pending, link, postedName, draft]) if (cookie.read(ctx) !== null) cookie.clear(ctx);
}

/** Maximum length of a draft in bytes: browsers keep 4 KB a cookie. */
const DRAFT_ROOM = 2_500;

/** Stores a draft during sign-in with a provider. One that is too long for a cookie stays in the page only. */
export function keepDraft({ draft }: SignInCookies, ctx: HostContext, text: string): void {
  if (Buffer.byteLength(JSON.stringify(text)) <= DRAFT_ROOM) draft.set(ctx, text);
}

/** Returns the stored draft, or '', and removes it. */
export function takeDraft({ draft }: SignInCookies, ctx: HostContext): string {
  const text = draft.read(ctx);
  if (text !== null) draft.clear(ctx);
  return text ?? '';
}

/** The part of an identity that fits into a cookie of 4 KB. The picture can wait for the next sign-in. */
export function identityForCookie(identity: IdentityInput): IdentityInput {
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
