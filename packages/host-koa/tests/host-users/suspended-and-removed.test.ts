import { operator, unrestrictedReader } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import type { KoaAppOptions } from '../../src/index.ts';
import { textOf, valueIn } from '../support/html.ts';
import { openShop } from '../support/open-shop.ts';
import { texts } from '../support/texts.ts';

describe('somebody who is suspended here', () => {
  async function withSuspended(options: Partial<KoaAppOptions> = {}) {
    const shop = await openShop(options);
    const ada = shop.member('ada');
    await ada.get('/');
    const token = await ada.token('/explore').catch(() => '');
    const { id } = await shop.microblog.users.show(null, 'ada');
    await shop.storage.users.update(id, { suspendedAt: new Date() });
    return { shop, ada, token };
  }

  it('reads as a visitor does', async () => {
    const { ada } = await withSuspended();
    const { status, text } = await ada.get('/');
    expect([status, valueIn(text, 'body')]).toEqual([200, null]);
  });

  it('is told so, and not led in circles, when they do what members do', async () => {
    const { shop, ada, token } = await withSuspended();
    const title = texts('en').t('errors:codes.account_suspended.title');
    for (const _csrf of [token, await ada.token('/explore')]) {
      const { status, text } = await ada.send('/posts', { _csrf, body: 'typed text' });
      expect([status, textOf(text)]).toEqual([403, expect.stringContaining(title)]);
      expect(textOf(text)).toContain('typed text');
    }
    expect((await shop.storage.posts.listAll(unrestrictedReader, { limit: 5 })).items).toEqual([]);
  });

  it('sees nothing where pages are for members, and is told why', async () => {
    const { ada } = await withSuspended({ requireLogin: true });
    const page = await ada.get('/explore');
    expect([page.status, page.location]).toEqual([403, null]);
    const json = await ada.get('/explore', { Accept: 'application/json' });
    expect(JSON.parse(json.text).error.code).toBe('account_suspended');
  });
});

describe('somebody who is removed', () => {
  it('is gone from every page with what they wrote', async () => {
    const shop = await openShop();
    const ada = shop.member('ada');
    const ben = shop.member('ben');
    await ben.get('/');
    await ada.submit('/posts', { body: 'hello' }, '/');
    await ada.submit('/user/ben/follow', {}, '/explore');
    expect((await shop.visitor().get('/user/ben/followers')).text).toContain('/user/ada"');
    shop.people.delete('ada');
    expect(await shop.microblog.users.deprovision(operator, 'shop-ada')).toBe(true);
    expect((await shop.visitor().get('/user/ada')).status).toBe(404);
    expect((await shop.visitor().get('/explore')).text).not.toContain('hello');
    expect((await shop.visitor().get('/user/ben/followers')).text).not.toContain('/user/ada"');
    expect((await shop.microblog.users.show(null, 'ben')).followerCount).toBe(0);
  });
});
