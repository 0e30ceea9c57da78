import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import type { Translator } from '../ports/translator.ts';
import type { Post } from '../posts/post.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { type EngineBehaviour, fakeTranslator } from '../testing/fake-translator.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

/** A microblog with a translator, a reader, and a post in a language. */
async function prepared(changes: Partial<Post> = {}, more: Partial<Translator> = {}) {
  const translator = fakeTranslator();
  const microblog = testMicroblog({}, { translator: { ...translator, ...more } });
  const reader = await microblog.member('reader');
  const author = await microblog.member('author');
  const post = microblog.build.post(author.id, { body: 'Hello', language: 'en', ...changes });
  await microblog.storage.posts.insert(post);
  return { ...microblog, translator, reader, author, post };
}

describe('translation.translate', () => {
  it('returns a post in the reader’s language, and stores it', async () => {
    const { translation, translator, reader, post, clock } = await prepared();
    const expected = {
      postId: post.id,
      language: 'es',
      text: '[es Hello]',
      from: 'en',
      translator: 'Fake',
      createdAt: clock.now(),
    };
    expect(await translation.translate(reader, post.id, { to: 'es' })).toEqual(expected);
    expect(await translation.translate(reader, post.id, { to: 'es' })).toEqual(expected);
    expect(await translation.kept(visitor, post.id, 'es')).toEqual(expected);
    expect(translator.asked).toEqual([{ text: 'Hello', from: 'en', to: 'es' }]);
  });

  it('finds nothing for an entry whose author is another person', async () => {
    const { translation, posts, users, reader, post } = await prepared();
    await translation.translate(reader, post.id, { to: 'es' });
    const entry = { ...(await posts.show(visitor, post.id)), author: await users.show(visitor, 'reader') };
    expect(await translation.kept(visitor, entry, 'es')).toBeNull();
  });

  it('asks the engine once for equal requests at the same time, and calls `beforeAsking` once', async () => {
    const { translation, translator, reader, post } = await prepared();
    const release = translator.hold();
    let counted = 0;
    const beforeAsking = async () => void counted++;
    const readers = Array.from({ length: 5 }, () =>
      translation.translate(reader, post.id, { to: 'es', beforeAsking }),
    );
    await expect.poll(() => translator.asked.length).toBe(1);
    const late = translation.translate(reader, post.id, { to: 'es', beforeAsking });
    release();
    const texts = (await Promise.all([...readers, late])).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(['[es Hello]']));
    expect(translator.asked).toHaveLength(1);
    await translation.translate(reader, post.id, { to: 'es', beforeAsking: () => expect.fail('counted') });
  });

  it('asks no engine if the host refuses', async () => {
    const { translation, translator, reader, post } = await prepared();
    const beforeAsking = () => Promise.reject(new Error('too often'));
    await expect(translation.translate(reader, post.id, { to: 'es', beforeAsking })).rejects.toThrow(
      'too often',
    );
    expect(translator.asked).toEqual([]);
    await expect(translation.translate(reader, post.id, { to: 'es' })).resolves.toBeDefined();
  });

  it('lets the engine detect an unknown language', async () => {
    const { translation, translator, reader, post } = await prepared({ language: null });
    expect((await translation.translate(reader, post.id, { to: 'es' })).from).toBe('en');
    expect(translator.asked).toEqual([{ text: 'Hello', from: null, to: 'es' }]);
  });

  it.each(['en', 'EN-gb'])('refuses the language that the post is in: %s', async (to) => {
    const { translation, translator, reader, post } = await prepared();
    await rejectsWith(translation.translate(reader, post.id, { to }), 'translation_unneeded');
    expect(translator.asked).toEqual([]);
  });

  it('is for members, and for posts that exist', async () => {
    const { translation, translator, member, reader, post, clock } = await prepared();
    const to = 'es';
    await rejectsWith(translation.translate(visitor, post.id, { to }), 'sign_in_required');
    const suspended = await member('gone', { suspendedAt: clock.now() });
    await rejectsWith(translation.translate(suspended, post.id, { to }), 'account_suspended');
    for (const id of ['42', 'Hello', '', '0', '-1', '1'.repeat(30)]) {
      await rejectsWith(translation.translate(reader, id, { to }), 'post_not_found');
    }
    expect(translator.asked).toEqual([]);
  });

  it.each(['', 'not a language', 'es_MX', '*', 'x'.repeat(36), 'e'])(
    'refuses %j as a language',
    async (to) => {
      const { translation, reader, post } = await prepared();
      await rejectsWith(translation.translate(reader, post.id, { to }), 'invalid_input');
    },
  );

  it('sends no text above the maximum length', async () => {
    const { translation, translator, reader, post } = await prepared({ body: 'a'.repeat(20_001) });
    await rejectsWith(translation.translate(reader, post.id, { to: 'es' }), 'translation_unsupported');
    expect(translator.asked).toEqual([]);
  });

  it.each<EngineBehaviour>(['unsupported', 'busy', 'unreachable', 'refuses', 'nonsense'])(
    'keeps nothing of an engine that is %s',
    async (behaviour) => {
      const { translation, translator, reader, post } = await prepared();
      translator.behave(behaviour);
      await expect(translation.translate(reader, post.id, { to: 'es' })).rejects.toThrow();
      expect(await translation.kept(reader, post.id, 'es')).toBeNull();
      translator.behave('translates');
      expect((await translation.translate(reader, post.id, { to: 'es' })).text).toBe('[es Hello]');
    },
  );

  it('cleans the engine’s answer as the text of a post', async () => {
    const translate = async () => ({ text: ' e\u0301\r\n\0b\u0007\ud800 ', from: null });
    const { translation, reader, post } = await prepared({}, { translate });
    expect((await translation.translate(reader, post.id, { to: 'es' })).text).toBe('é\nb\ufffd');
  });

  it.each([
    ['zh_CN', null],
    ['', null],
    ['auto', null],
    ['pt-br', 'pt-BR'],
  ])('keeps the language that an engine found, %j, as %j', async (from, kept) => {
    const translate = async () => ({ text: 'Hola', from });
    const { translation, reader, post } = await prepared({ language: null }, { translate });
    expect((await translation.translate(reader, post.id, { to: 'es' })).from).toBe(kept);
  });

  it.each([' \u200b\n', 'a'.repeat(80_001)])('takes no unusable text for a translation', async (text) => {
    const { translation, reader, post } = await prepared(
      {},
      { translate: async () => ({ text, from: null }) },
    );
    await rejectsWith(translation.translate(reader, post.id, { to: 'es' }), 'translation_failed');
  });

  it('throws `post_not_found` if the post is deleted meanwhile', async () => {
    const { translation, translator, reader, author, posts, post } = await prepared();
    const release = translator.hold();
    const answer = translation.translate(reader, post.id, { to: 'es' });
    await expect.poll(() => translator.asked.length).toBe(1);
    await posts.delete(author, post.id);
    release();
    await rejectsWith(answer, 'post_not_found');
  });

  it('is off without a translator', async () => {
    const { translation, storage, build, member } = testMicroblog();
    const author = await member('author');
    const post = build.post(author.id, { language: 'en' });
    await storage.posts.insert(post);
    expect(translation.enabled).toBe(false);
    await rejectsWith(translation.translate(author, post.id, { to: 'es' }), 'translation_off');
    expect(await translation.kept(author, post.id, 'es')).toBeNull();
  });
});
