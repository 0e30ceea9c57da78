import { describe, expect, it } from 'vitest';
import { GRAVATAR_ORIGIN, gravatar } from './gravatar.ts';

const emailHash = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee';
const { pictureOf } = gravatar({ origin: GRAVATAR_ORIGIN });

describe('gravatar', () => {
  it('asks by the hash of the address', () => {
    expect(pictureOf({ emailHash }, 96)).toBe(`https://gravatar.com/avatar/${emailHash}?s=96&d=blank`);
  });

  it('offers a drawn picture for places with a single picture', () => {
    expect(pictureOf({ emailHash }, 192, 'identicon')).toMatch(/\?s=192&d=identicon$/);
  });

  it('asks nothing without a hash', () => {
    expect(pictureOf({ emailHash: null }, 96)).toBeNull();
  });

  it.each(['https://gravatar.com/', 'gravatar.com', "https://gravatar.com; script-src 'unsafe-inline'"])(
    'refuses %s, which would become part of the Content-Security-Policy',
    (origin) => expect(() => gravatar({ origin })).toThrow(/gravatar takes/),
  );
});
