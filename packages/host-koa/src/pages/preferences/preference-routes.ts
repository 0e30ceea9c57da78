import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { Host } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { rememberLanguage, rememberTheme, themes } from '../../http/sessions/preferences.ts';

/** Choices of a browser. An offer that does not exist changes nothing. */
export function preferenceRoutes(host: Host) {
  return {
    language: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const language = form.text('language');
        if (host.translations.offers(language)) rememberLanguage(host, ctx, language);
        seeOther(ctx, host.urls.within(form.text('next')));
      },
    },
    theme: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const theme = themes.find((known) => known === form.text('theme'));
        if (theme !== undefined) rememberTheme(host, ctx, theme);
        seeOther(ctx, host.urls.within(form.text('next')));
      },
    },
  };
}
