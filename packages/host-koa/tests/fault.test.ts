import { MicroblogError, type Storage } from '@microblog/core';
import { memoryStorage } from '@microblog/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { hostOpener, type RunningHost } from './support/host.ts';
import { tags, textOf, unescapeHtml } from './support/html.ts';
import { texts } from './support/texts.ts';
import { type VisitorOptions, visitor } from './support/visitor.ts';

const SECRET = 'select secrets from inside';
let host: RunningHost;

/** A host whose public timeline fails, and that refuses to store posts. */
async function brokenHost(error: Error, options?: VisitorOptions) {
  const storage: Storage = memoryStorage();
  const posts = {
    ...storage.posts,
    listAll: () => Promise.reject(error),
    insert: () => Promise.reject(error),
  };
  host = await hostOpener({ openStorage: async () => ({ ...storage, posts }) })();
  return visitor(host.url, options);
}

afterEach(() => host.close());

describe('a fault of the server', () => {
  it.each(['en', 'es'])(
    'is a page in %s without a word of the inside, with a way back, logged under the id that it shows',
    async (language) => {
      const visitor = await brokenHost(new Error(SECRET));
      const { status, text, headers } = await visitor.get('/explore', { 'Accept-Language': language });
      const id = headers.get('X-Request-Id') ?? '';
      const { t } = texts(language);
      expect(status).toBe(500);
      expect(textOf(text)).toContain(t('errors:codes.internal.title'));
      expect(textOf(text)).toContain(t('error.reference', { id }));
      const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
      expect(tags(main, 'a').map(({ attributes }) => attributes.href)).toContain('/');
      for (const inside of [SECRET, 'Error', 'at ', '.ts', 'node_modules']) {
        expect(textOf(main)).not.toContain(inside);
      }
      expect(host.failures).toMatchObject([{ requestId: id, code: 'internal', err: { message: SECRET } }]);
    },
  );

  it('is JSON for a program', async () => {
    const { status, text } = await (await brokenHost(new Error(SECRET))).get('/explore', {
      Accept: 'application/json',
    });
    expect([status, JSON.parse(text).error.code]).toEqual([500, 'internal']);
    expect(text).not.toContain(SECRET);
  });

  it('leaves the other pages alone', async () => {
    expect((await (await brokenHost(new Error(SECRET))).get('/login')).status).toBe(200);
  });
});

describe('a storage that is out of reach', () => {
  it('is said with 503, in the language of the reader', async () => {
    const error = new MicroblogError('storage_unavailable', SECRET);
    const member = await brokenHost(error);
    for (const language of ['en', 'es']) {
      const { status, text } = await member.get('/explore', { 'Accept-Language': language });
      expect(status).toBe(503);
      expect(textOf(text)).toContain(texts(language).t('errors:codes.storage_unavailable.title'));
      expect(text).not.toContain(SECRET);
    }
  });

  it.each(['en', 'es'])('keeps in %s the text that was sent', async (language) => {
    const member = await brokenHost(new MicroblogError('storage_unavailable', SECRET), { language });
    await member.register('ada');
    const body = '\n<b>First</b>\nsecond line';
    const { status, text } = await member.send('/posts', { body, _csrf: await member.token('/') });
    expect(status).toBe(503);
    expect(textOf(text)).toContain(texts(language).t('error.draft'));
    const [, shown = ''] = /<textarea [^>]*readonly[^>]*>\n(.*?)<\/textarea>/s.exec(text) ?? [];
    expect(unescapeHtml(shown)).toBe(body);
  });
});
