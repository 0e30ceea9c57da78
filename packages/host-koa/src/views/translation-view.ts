import { isTranslatable, type Post, type Translation } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { ViewHost } from '../http/host.ts';
import type { TranslatedView, TranslationView } from './people-and-posts.ts';
import { postHtml } from './post-text.ts';

/** Data for the translate button beside a post; null if the post has none. */
export function offeredTranslation(
  { microblog, site: { urls } }: ViewHost,
  { state: { viewer, lang } }: HostContext,
  post: Post,
): TranslationView | null {
  if (viewer === null || !microblog.translation.enabled || !isTranslatable(post, lang)) return null;
  return { url: urls.post(post, 'translate'), shown: null, fault: null };
}

/** A translation for its reader. */
export function translatedView(ctx: HostContext, translation: Translation): TranslatedView {
  const { text, language, from, translator } = translation;
  const { translate, lang } = ctx.state;
  const name = from === null ? undefined : languageName(from, lang);
  return {
    html: postHtml(text),
    language,
    note:
      name === undefined
        ? translate('translation.note_unknown', { translator })
        : translate('translation.note', { language: name, translator }),
  };
}

/** Keeps only language, script and region; other parts of a tag have no name. */
function languageName(tag: string, lang: string): string | undefined {
  return new Intl.DisplayNames(lang, { type: 'language' }).of(new Intl.Locale(tag).baseName);
}
