import assert from 'node:assert/strict';
import type { PostId } from '../../kernel/ids.ts';
import type { Storage } from '../../ports/storage.ts';
import type { Translation } from '../../translation/translation.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import type { RepositorySamples } from './repository-samples.ts';

const translationOf = (postId: PostId, changes: Partial<Translation> = {}): Translation => ({
  postId,
  language: 'es',
  text: 'Hola\n«mundo» 😀',
  from: 'en',
  translator: 'Fake',
  createdAt: new Date('2026-01-01T13:00:00.123Z'),
  ...changes,
});

async function published({ users, posts }: Storage, build = builders()): Promise<PostId> {
  const author = await users.insert(build.user());
  const post = build.post(author.id);
  await posts.insert(post);
  return post.id;
}

export const translationCases = casesOf('translations', {
  'are found by post and language, as they were stored': async (storage) => {
    const postId = await published(storage);
    const translation = translationOf(postId);
    await storage.translations.save(translation);
    assert.deepEqual(await storage.translations.find(postId, 'es'), translation);
    assert.equal(await storage.translations.find(postId, 'es-MX'), null);
    assert.equal(await storage.translations.find('1' as PostId, 'es'), null);
  },
  'may have an unknown source language': async (storage) => {
    const postId = await published(storage);
    await storage.translations.save(translationOf(postId, { from: null }));
    assert.equal((await storage.translations.find(postId, 'es'))?.from, null);
  },
  'of several languages are stored side by side': async (storage) => {
    const postId = await published(storage);
    await storage.translations.save(translationOf(postId));
    await storage.translations.save(translationOf(postId, { language: 'pt-BR', text: 'Olá' }));
    assert.equal((await storage.translations.find(postId, 'es'))?.text, 'Hola\n«mundo» 😀');
    assert.equal((await storage.translations.find(postId, 'pt-BR'))?.text, 'Olá');
  },
  'replace older ones': async (storage) => {
    const postId = await published(storage);
    await storage.translations.save(translationOf(postId));
    const newer = translationOf(postId, { text: 'Hola, mundo', translator: 'Other', from: null });
    await storage.translations.save(newer);
    assert.deepEqual(await storage.translations.find(postId, 'es'), newer);
  },
  'that are saved concurrently leave one of them': async (storage) => {
    const postId = await published(storage);
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const { values } = await settle(
      texts.map((text) => storage.translations.save(translationOf(postId, { text }))),
    );
    assert.equal(values.length, texts.length);
    assert.ok(texts.includes((await storage.translations.find(postId, 'es'))?.text ?? ''));
  },
  'are deleted with their post, and no others are': async (storage) => {
    const build = builders();
    const [gone, stays] = [await published(storage, build), await published(storage, build)];
    await storage.translations.save(translationOf(gone));
    await storage.translations.save(translationOf(stays));
    await storage.posts.delete(gone);
    assert.equal(await storage.translations.find(gone, 'es'), null);
    assert.notEqual(await storage.translations.find(stays, 'es'), null);
  },
  'are deleted with the author of their post': async (storage) => {
    const build = builders();
    const author = await storage.users.insert(build.user());
    const post = build.post(author.id);
    await storage.posts.insert(post);
    await storage.translations.save(translationOf(post.id));
    await storage.users.delete(author.id);
    assert.equal(await storage.translations.find(post.id, 'es'), null);
  },
  'need an existing post': async ({ translations }) => {
    await rejectsWith(translations.save(translationOf('4611686018427387904' as PostId)), 'post_not_found');
  },
});

export const translationSamples: RepositorySamples<'translations'> = {
  plant: async () => {},
  calls: {
    find: { read: ({ translations }, { post }) => translations.find(post, 'es') },
    save: {
      write: ({ translations }, { post }) => translations.save(translationOf(post)),
      seen: ({ translations }, { post }) => translations.find(post, 'es'),
    },
  },
};
