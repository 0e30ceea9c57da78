import { isTranslatable, type Post, type Translation } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { ViewHost } from '../http/host.ts';
import type { TranslatedView, TranslationView } from './people-and-posts.ts';
import { postHtml } from './post-text.ts';

/** What the button beside a post needs; null where it has none. */
export function offeredTranslation(
  { microblog, site: { urls } }: ViewHost,
  { state: { viewer, lang } }: HostContext,
  post: Post,
): TranslationView | null {
  if (viewer === null || !microblog.translation.enabled || !isTranslatable(post, lang)) return null;
  return { url: urls.post(post, 'translate'), shown: null, fault: null };
}

/** A translation as its reader sees it. */
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

/** Without what a tag says beside language, script and region, which has no name. */
function languageName(tag: string, lang: string): string | undefined {
  return new Intl.DisplayNames(lang, { type: 'language' }).of(new Intl.Locale(tag).baseName);
}
