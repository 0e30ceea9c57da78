import { describe, expect, it } from 'vitest';
import type { KoaAppOptions } from '../../src/index.ts';
import { textOf } from '../support/html.ts';
import { openShop, profileOf } from '../support/open-shop.ts';
import { texts } from '../support/texts.ts';

describe('an authenticate that fails', () => {
  const SECRET = 'password=hunter2';
  const failing: [how: string, authenticate: () => never | unknown, remedy: RegExp][] = [
    [
      'throws',
      () => {
        throw new Error(SECRET);
      },
      /It threw an error/,
    ],
    ['rejects', () => Promise.reject(new Error(SECRET)), /It threw/],
    ['rejects with nothing', () => Promise.reject(undefined), /It threw/],
    ['returns true', () => true, /no profile \(boolean\)/],
    ['returns a text', () => SECRET, /no profile \(string\)/],
    ['returns a list', () => [profileOf('ada')], /no profile/],
    ['returns an empty object', () => ({}), /externalId: required, nickname: required/],
    ['returns a nameless profile', () => ({ externalId: SECRET }), /nickname: required/],
    ['returns a wrong type', () => ({ ...profileOf('ada'), email: [SECRET] }), /email: wrong_type/],
    ['never answers', () => new Promise(() => {}), /within 30 ms\. .*raise authenticateTimeout/],
    [
      'answers too late',
      () => new Promise((_, reject) => setTimeout(() => reject(new Error(SECRET)), 60)),
      /within 30 ms/,
    ],
  ];

  it.each(failing)(
    '%s: is the page of a fault, and a line in the log that says what to do',
    async (_, answer, remedy) => {
      const shop = await openShop({
        authenticate: answer as NonNullable<KoaAppOptions['authenticate']>,
        authenticateTimeout: 30,
      });
      for (const language of ['en', 'es']) {
        const { status, text } = await shop.visitor().get('/', { 'Accept-Language': language });
        expect([status, textOf(text)]).toEqual([
          500,
          expect.stringContaining(texts(language).t('errors:codes.authenticate_failed.title')),
        ]);
        expect(text).not.toContain(SECRET);
      }
      expect(shop.logged).toHaveLength(2);
      expect(shop.logged[0]).toMatchObject({ level: 'error', details: { code: 'authenticate_failed' } });
      const { message } = (shop.logged[0]?.details.err ?? {}) as Error;
      expect(message).toMatch(remedy);
      expect(message).not.toContain(SECRET);
      const json = await shop.visitor().get('/', { Accept: 'application/json' });
      expect(JSON.parse(json.text).error.code).toBe('authenticate_failed');
      expect((await shop.visitor().get('/avatars/42.svg')).status).toBe(200);
      expect((await shop.microblog.users.list(null)).items).toEqual([]);
    },
  );

  it('leaves nothing running where it hangs: no timer, no listener', async () => {
    const sockets: NodeJS.EventEmitter[] = [];
    const shop = await openShop({
      authenticateTimeout: 20,
      authenticate(request) {
        sockets.push(request, request.socket);
        return new Promise(() => {});
      },
    });
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const browser = shop.visitor();
    for (let round = 0; round < 20; round++) expect((await browser.get('/')).status).toBe(500);
    for (const socket of sockets) {
      for (const event of socket.eventNames()) expect(socket.listenerCount(event)).toBeLessThan(8);
    }
    const after = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    expect(after - before).toBeLessThan(5);
  });
});
