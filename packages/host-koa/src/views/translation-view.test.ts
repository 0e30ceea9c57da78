import type { PostId, Translation } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import type { HostContext } from '../http/context.ts';
import { translations } from '../i18n/translations.ts';
import { translatedView } from './translation-view.ts';

const translation: Translation = {
  postId: '1' as PostId,
  language: 'en',
  text: 'Hello',
  from: 'es',
  translator: 'Fake',
  createdAt: new Date(0),
};
const noteFrom = (from: string | null, lang = 'en') =>
  translatedView({ state: { lang, translate: translations(['en', 'es']).translate(lang) } } as HostContext, {
    ...translation,
    from,
  }).note;

describe('translatedView', () => {
  it.each([
    ['es', 'en', 'Translated from Spanish by Fake'],
    ['zh-Hans', 'en', 'Translated from Simplified Chinese by Fake'],
    // Valid tags for which `Intl.DisplayNames` throws.
    ['es-x-porteno', 'en', 'Translated from Spanish by Fake'],
    ['es-u-co-trad', 'en', 'Translated from Spanish by Fake'],
    [null, 'en', 'Translated by Fake'],
  ])('names the language %j in %s', (from, lang, note) => expect(noteFrom(from, lang)).toBe(note));
});
