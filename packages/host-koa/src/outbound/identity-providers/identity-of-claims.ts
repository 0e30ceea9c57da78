import type { IdentityInput } from '@microblog/core';
import type { IDToken, UserInfoResponse } from 'openid-client';

type Claims = IDToken | UserInfoResponse;

/** Whether the ID token alone has all claims for an account; many providers give some only in userinfo. */
export function hasAccountClaims(claims: Claims): boolean {
  const name = text(claims.nickname) ?? text(claims.preferred_username);
  return text(claims.email) !== null && claims.email_verified !== undefined && name !== null;
}

/** The identity in a verified ID token, completed by the claims of userinfo. */
export function identityOfClaims(token: IDToken, userInfo: UserInfoResponse | null): IdentityInput {
  const said = (claim: 'nickname' | 'preferred_username' | 'picture' | 'locale') =>
    text(token[claim]) ?? text(userInfo?.[claim]);
  // Address and verification must come from one source: only together do they mean something.
  const source: Claims | null =
    text(token.email) === null || token.email_verified === undefined ? userInfo : token;
  const address = source !== null && text(source.email) !== null ? source : token;
  return {
    issuer: token.iss,
    subject: token.sub,
    nickname: said('nickname'),
    preferredUsername: said('preferred_username'),
    email: text(address.email),
    // Some providers send a string.
    emailVerified: address.email_verified === true || String(address.email_verified) === 'true',
    avatarUrl: said('picture'),
    locale: said('locale'),
  };
}

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null;
}
