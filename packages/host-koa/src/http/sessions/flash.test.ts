import { describe, expect, it } from 'vitest';
import {
  cookiesSetBy,
  type RequestSketch,
  requestContext,
  testKeys,
} from '../../../tests/support/request-context.ts';
import { urls } from '../../site/urls.ts';
import { flashMessages } from './flash.ts';

const NAME = 'microblog_flash';
const messages = flashMessages({ urls: urls('/blog'), keys: testKeys() });
const page = { accept: 'text/html' };

/** The cookie value after `followed john`. */
function left(): string {
  const ctx = requestContext();
  messages.set(ctx, 'followed', 'john.doe');
  return cookiesSetBy(ctx).get(NAME)?.value ?? '';
}

function take(value: string, sketch: RequestSketch = { headers: page }) {
  const ctx = requestContext({ ...sketch, cookies: { [NAME]: value } });
  return { flash: messages.take(ctx), set: cookiesSetBy(ctx) };
}

describe('flashMessages.set', () => {
  it('stores a signed code in a cookie, not a text', () => {
    const ctx = requestContext();
    messages.set(ctx, 'followed', 'john');
    const cookie = cookiesSetBy(ctx).get(NAME);
    expect(cookie).toEqual({
      value: expect.stringMatching(/^followed:john\.[\w-]{27,}$/),
      attributes: { path: '/blog', samesite: 'lax', httponly: '' },
    });
  });
});

describe('flashMessages.take', () => {
  it("turns the code into a text of the reader's language", () => {
    const english = take(left()).flash;
    const spanish = take(left(), { headers: page, lang: 'es' }).flash;
    expect(english).toMatchObject({
      kind: 'success',
      code: 'followed',
      text: expect.stringContaining('john.doe'),
    });
    expect(spanish?.text).toContain('john.doe');
    expect(spanish?.text).not.toBe(english?.text);
  });

  it('removes the cookie', () => {
    expect(take(left()).set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('returns null, and sets nothing, if there is no message', () => {
    const ctx = requestContext({ headers: page });
    expect(messages.take(ctx)).toBeNull();
    expect(cookiesSetBy(ctx).size).toBe(0);
  });

  it.each([
    '',
    'nonsense',
    'followed:john',
    'followed:john.',
    `followed:john.${'A'.repeat(43)}`,
    'followed:<b>',
    'followed:$t(number)',
    left().replace('john', 'mary'),
    left().replace('followed', 'unfollowed'),
    `${left()}x`,
  ])('shows nothing for %j, which was not set here, and removes it', (value) => {
    const { flash, set } = take(value);
    expect(flash).toBeNull();
    expect(set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('ignores the message of another microblog on the same site', () => {
    const ctx = requestContext({ headers: page, cookies: { [NAME]: left() } });
    const another = flashMessages({ urls: urls('/blog'), keys: testKeys('the key of another') });
    expect(another.take(ctx)).toBeNull();
  });

  it.each<[what: string, sketch: RequestSketch]>([
    ['a page of a browser', { headers: { ...page, 'sec-fetch-dest': 'document' } }],
    ['a page in a frame', { headers: { ...page, 'sec-fetch-dest': 'iframe' } }],
    ['a page over plain HTTP', { headers: { accept: 'text/html,application/xml;q=0.9,*/*;q=0.8' } }],
  ])('shows it on %s', (_what, sketch) => expect(take(left(), sketch).flash).not.toBeNull());

  it.each<[what: string, sketch: RequestSketch]>([
    ['a picture', { headers: { accept: 'image/avif,*/*', 'sec-fetch-dest': 'image' } }],
    ['a picture over plain HTTP', { headers: { accept: 'image/avif,image/webp,*/*' } }],
    ['a request of a script', { headers: { accept: '*/*', 'sec-fetch-dest': 'empty' } }],
    ['a request of a script over plain HTTP', { headers: { accept: '*/*' } }],
    ['a prefetch', { headers: { ...page, 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' } }],
    ['HEAD', { method: 'HEAD', headers: page }],
  ])('leaves it for the next page in the answer to %s', (_what, sketch) => {
    const { flash, set } = take(left(), sketch);
    expect([flash, set.size]).toEqual([null, 0]);
  });
});
