import { describe, expect, it } from 'vitest';
import { cookiesSetBy, requestContext } from '../../tests/support/request-context.ts';
import { urls } from '../urls.ts';
import { setFlash, takeFlash } from './flash.ts';

const NAME = 'microblog_flash';
const host = { urls: urls('/blog') };
const take = (value: string, lang = 'en') => {
  const ctx = requestContext({ cookies: { [NAME]: value }, lang });
  return { flash: takeFlash(host, ctx), set: cookiesSetBy(ctx) };
};

describe('setFlash', () => {
  it('leaves a code in a cookie, not a text', () => {
    const ctx = requestContext();
    setFlash(host, ctx, 'followed', 'john');
    const cookie = cookiesSetBy(ctx).get(NAME);
    expect(cookie).toEqual({
      value: 'followed:john',
      attributes: { path: '/blog', samesite: 'lax', httponly: '' },
    });
  });
});

describe('takeFlash', () => {
  it("turns the code into a text of the reader's language", () => {
    const english = take('followed:john').flash;
    const spanish = take('followed:john', 'es').flash;
    expect(english).toMatchObject({
      kind: 'success',
      code: 'followed',
      text: expect.stringContaining('john'),
    });
    expect(spanish?.text).toContain('john');
    expect(spanish?.text).not.toBe(english?.text);
  });

  it('takes the cookie away', () => {
    expect(take('published:').set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('is null, and sets nothing, where nothing was left', () => {
    const ctx = requestContext();
    expect(takeFlash(host, ctx)).toBeNull();
    expect(cookiesSetBy(ctx).size).toBe(0);
  });

  it.each([
    '',
    'nonsense',
    'constructor:',
    'followed:<b>',
    'followed:$t(number)',
    `followed:${'x'.repeat(65)}`,
  ])('says nothing for %j, which nobody left, and takes it away', (value) => {
    const { flash, set } = take(value);
    expect(flash).toBeNull();
    expect(set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });
});
