import type { IDToken, UserInfoResponse } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { hasAccountClaims, identityOfClaims } from './identity-of-claims.ts';

const token = { iss: 'https://id.example.org', sub: '7', aud: 'blog', iat: 1, exp: 2 };
const identity = (claims: Partial<IDToken>, userInfo: Partial<UserInfoResponse> | null = null) =>
  identityOfClaims({ ...token, ...claims } as IDToken, userInfo && { sub: '7', ...userInfo });

describe('identityOfClaims', () => {
  it('takes what an ID token says', () => {
    const claims = {
      nickname: 'ada',
      email: 'ada@example.org',
      email_verified: true,
      picture: 'https://a.example/a',
    };
    expect(hasAccountClaims({ ...token, ...claims } as IDToken)).toBe(true);
    expect(identity(claims)).toEqual({
      ...{ issuer: token.iss, subject: '7', nickname: 'ada', preferredUsername: null, locale: null },
      ...{ email: 'ada@example.org', emailVerified: true, avatarUrl: 'https://a.example/a' },
    });
  });

  it('takes from userinfo what the token does not say', () => {
    expect(hasAccountClaims(token as IDToken)).toBe(false);
    const userInfo = { preferred_username: 'ada', email: 'ada@example.org', email_verified: true };
    expect(identity({}, userInfo)).toMatchObject({
      ...{ preferredUsername: 'ada', email: 'ada@example.org', emailVerified: true },
    });
  });

  it('never takes one address as verified because another is', () => {
    const mine = { email: 'mine@example.org' };
    const other = { email: 'other@example.org', email_verified: true };
    expect(identity({ ...mine, email_verified: false }, other)).toMatchObject({
      ...{ email: 'mine@example.org', emailVerified: false },
    });
    expect(identity(mine, other)).toMatchObject({ email: 'other@example.org', emailVerified: true });
    expect(identity(mine, { email_verified: true })).toMatchObject({ emailVerified: false });
    expect(identity({ email_verified: true }, { email: 'other@example.org' })).toMatchObject({
      emailVerified: false,
    });
  });

  it.each([
    [true, true],
    ['true', true],
    ['false', false],
    [1, false],
    [undefined, false],
  ])('takes email_verified %o for %s', (said, verified) => {
    const claims = { email: 'ada@example.org', email_verified: said } as Partial<IDToken>;
    expect(identity(claims).emailVerified).toBe(verified);
  });

  it('takes what is no text for nothing', () => {
    const claims = { email: ['ada@example.org'], nickname: 7, locale: ' ' } as unknown as Partial<IDToken>;
    expect(identity(claims)).toMatchObject({ email: null, nickname: null, locale: null });
  });
});
