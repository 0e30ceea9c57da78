import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { seeOther } from '../../http/redirects.ts';
import { rememberLanguage, rememberTheme, themes } from '../../http/sessions/preferences.ts';
import type { Site } from '../../site/site.ts';

/** Choices that a browser stores. An unknown language or theme changes nothing. */
export function preferenceRoutes({ urls, translations }: Site) {
  return {
    language: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const language = form.text('language');
        if (translations.offers(language)) rememberLanguage(urls, ctx, language);
        seeOther(ctx, urls.safeRedirect(form.text('next')));
      },
    },
    theme: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const theme = themes.find((known) => known === form.text('theme'));
        if (theme !== undefined) rememberTheme(urls, ctx, theme);
        seeOther(ctx, urls.safeRedirect(form.text('next')));
      },
    },
  };
}
