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

/** What a browser keeps after `followed john`. */
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
  it('leaves a code in a cookie, not a text, and signs it', () => {
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

  it('takes the cookie away', () => {
    expect(take(left()).set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('is null, and sets nothing, where nothing was left', () => {
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
  ])('says nothing for %j, which nobody left here, and takes it away', (value) => {
    const { flash, set } = take(value);
    expect(flash).toBeNull();
    expect(set.get(NAME)?.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('takes what another microblog of the same site left for none of its own', () => {
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
    ['what a script fetches', { headers: { accept: '*/*', 'sec-fetch-dest': 'empty' } }],
    ['what a script fetches over plain HTTP', { headers: { accept: '*/*' } }],
    [
      'what is fetched ahead',
      { headers: { ...page, 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' } },
    ],
    ['HEAD', { method: 'HEAD', headers: page }],
  ])('leaves it for the next page in the answer to %s', (_what, sketch) => {
    const { flash, set } = take(left(), sketch);
    expect([flash, set.size]).toEqual([null, 0]);
  });
});
