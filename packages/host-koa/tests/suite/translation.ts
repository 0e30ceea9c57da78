import type { LanguageDetector } from '@microblog/core';
import { type EngineBehaviour, fakeTranslator } from '@microblog/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { formActions, postBodies, tags, textOf } from '../support/html.ts';
import { expectSignInDemand } from '../support/shop.ts';
import { texts } from '../support/texts.ts';
import type { Answer, Visitor } from '../support/visitor.ts';

/** Recognizes only Spanish and English greetings. */
const languageDetector: LanguageDetector = {
  detect: async (text) => (text.startsWith('Hola') ? 'es' : text.startsWith('Hello') ? 'en' : null),
};

const BODY = 'Hola <b>mundo</b> & https://example.org/';

/** Publishes a post and returns its path. */
async function published(host: TestHost, body: string): Promise<string> {
  const author = await host.member();
  await author.submit('/posts', { body });
  const { text } = await author.get(`/user/${author.nickname}`);
  const [, id = expect.fail('nothing was published')] = /id="post-(\d+)"/.exec(text) ?? [];
  return `/posts/${id}`;
}

const offers = (text: string) => formActions(text).filter((action) => action.endsWith('/translate'));

async function fetched(reader: Visitor, path: string): Promise<Answer> {
  const token = await reader.token('/explore');
  return reader.send(`${path}/translate`, { _csrf: token }, { Accept: 'application/json' });
}

export function translationSuite(open: OpenHost): void {
  describe('translation', () => {
    const translator = fakeTranslator();
    const host = useHost(open, { translator, languageDetector });
    const { t, error: errorText } = texts('en');
    beforeEach(() => translator.behave('translates'));

    it('is offered to members, of posts that are known to be in another language', async () => {
      const reader = await host.member();
      const spanish = await published(host, 'Hola a todos');
      const english = await published(host, 'Hello everybody');
      const unknown = await published(host, '42');
      const offered = async (path: string, person: Visitor) => offers((await person.get(path)).text).length;
      expect(await offered(spanish, reader)).toBe(1);
      expect(await offered(english, reader)).toBe(0);
      expect(await offered(unknown, reader)).toBe(0);
      expect(await offered(spanish, host.visitor())).toBe(0);
      const spaniard = await host.member({ language: 'es' });
      expect(await offered(spanish, spaniard)).toBe(0);
      expect(await offered(english, spaniard)).toBe(1);
      const [action = ''] = offers((await reader.get('/explore')).text).filter((to) => to.includes(spanish));
      expect(action).toBe(new URL(`${host.running.url}${spanish}/translate`).pathname);
    });

    it('answers a script with the text, escaped as bodies are, in the reader’s language', async () => {
      const path = await published(host, BODY);
      const answer = await fetched(await host.member(), path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      expect(JSON.parse(answer.text)).toEqual({
        text: `[en ${BODY}]`,
        html: '[en Hola &lt;b&gt;mundo&lt;/b&gt; &amp; <a href="https://example.org/" rel="nofollow ugc noopener">https://example.org/</a>]',
        language: 'en',
        from: 'es',
        translator: 'Fake',
        note: 'Translated from Spanish by Fake',
      });
      const spaniard = await host.member({ language: 'es' });
      const hello = await fetched(spaniard, await published(host, 'Hello'));
      expect(JSON.parse(hello.text)).toMatchObject({
        text: '[es Hello]',
        note: 'Traducido del inglés por Fake',
      });
    });

    it('redirects a form to the post with its translation, and back', async () => {
      const path = await published(host, 'Hola, amigos');
      const reader = await host.member();
      const answer = await reader.submit(`${path}/translate`, {}, path);
      expect([answer.status, answer.location]).toEqual([303, `${path}?translated=1`]);
      const { text } = await reader.get(`${path}?translated=1`);
      expect(postBodies(text)).toEqual(['Hola, amigos', '[en Hola, amigos]']);
      const [original, translated] = tags(text, 'div').filter(
        ({ attributes }) => attributes.class === 'post-body',
      );
      expect(original?.attributes).toMatchObject({ lang: 'es', hidden: '' });
      expect(translated?.attributes).toMatchObject({ lang: 'en', dir: 'auto' });
      expect(textOf(text)).toContain(t('translation.note', { language: 'Spanish', translator: 'Fake' }));
      expect(textOf(text)).toContain(t('translation.original'));
      expect(postBodies((await reader.get(path)).text)).toEqual(['Hola, amigos']);
    });

    it('is not requested by opening an address', async () => {
      const path = await published(host, 'Hola otra vez');
      const reader = await host.member();
      const before = translator.asked.length;
      expect(postBodies((await reader.get(`${path}?translated=1`)).text)).toEqual(['Hola otra vez']);
      expect((await reader.get(`${path}/translate`)).status).toBe(405);
      expect(translator.asked.length).toBe(before);
    });

    it('is requested once for all readers', async () => {
      const path = await published(host, 'Hola, una vez');
      const before = translator.asked.length;
      for (const reader of [await host.member(), await host.member()]) {
        expect((await fetched(reader, path)).status).toBe(200);
      }
      expect(translator.asked.length).toBe(before + 1);
    });

    it('needs a member, a token and a post', async () => {
      const path = await published(host, 'Hola, ¿quién es?');
      const before = translator.asked.length;
      expectSignInDemand(open, await host.visitor().submit(`${path}/translate`));
      expect((await fetched(host.visitor(), path)).status).toBe(401);
      const reader = await host.member();
      expect((await reader.send(`${path}/translate`, {})).status).toBe(403);
      for (const id of ['42', 'abc', '0', '%00']) {
        expect((await fetched(reader, `/posts/${id}`)).status, id).toBe(404);
      }
      // Any other text is refused: only posts are translated.
      const token = await reader.token('/explore');
      await reader.send(`${path}/translate`, { _csrf: token, text: 'Hola, gratis', q: 'Hola, gratis' });
      expect(translator.asked.slice(before).map(({ text }) => text)).toEqual(['Hola, ¿quién es?']);
    });

    it('says that a post is in the reader’s language already', async () => {
      const answer = await fetched(await host.member(), await published(host, 'Hello again'));
      expect(answer.status).toBe(409);
      expect(JSON.parse(answer.text).error).toMatchObject({
        code: 'translation_unneeded',
        message: errorText('translation_unneeded'),
      });
    });

    it.each<[EngineBehaviour, string, number, string | null]>([
      ['busy', 'translation_busy', 503, '7'],
      ['unreachable', 'translation_unavailable', 503, '10'],
      ['refuses', 'translation_failed', 502, null],
      ['unsupported', 'translation_unsupported', 422, null],
    ])('shows a message in place if an engine is %s', async (behaviour, code, status, retryAfter) => {
      const path = await published(host, `Hola, ${behaviour}`);
      const reader = await host.member();
      translator.behave(behaviour);
      const json = await fetched(reader, path);
      expect([json.status, json.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(JSON.parse(json.text).error).toMatchObject({ code, message: errorText(code) });
      const page = await reader.submit(`${path}/translate`, {}, path);
      expect([page.status, page.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(postBodies(page.text)).toEqual([`Hola, ${behaviour}`]);
      expect(textOf(page.text)).toContain(errorText(code));
      expect(offers(page.text)).toHaveLength(1);
      expect(textOf(page.text)).toContain(t('translation.again'));
    });
  });

  describe('translation without a translator', () => {
    const host = useHost(open, { languageDetector });

    it('is offered nowhere, and its address has a message', async () => {
      const path = await published(host, 'Hola a todos');
      const reader = await host.member();
      for (const page of [path, '/explore', `${path}?translated=1`]) {
        expect(offers((await reader.get(page)).text)).toEqual([]);
      }
      const answer = await reader.submit(`${path}/translate`, {}, path);
      expect(answer.status).toBe(409);
      expect(textOf(answer.text)).toContain(texts('en').error('translation_off').split('. ')[1]);
      expect(JSON.parse((await fetched(reader, path)).text).error.code).toBe('translation_off');
    });
  });
}
