import { type Entry, isMicroblogError, type MemberAccount, type MicroblogError } from '@microblog/core';
import type { AttemptLimits } from '../../http/attempts/attempt-limits.ts';
import type { HostContext } from '../../http/context.ts';
import { errorAnswer, retryAfter } from '../../http/error-answer.ts';
import type { Form } from '../../http/forms/form.ts';
import type { PageHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { wantsJson } from '../../http/wants-json.ts';
import { errorTexts } from '../../i18n/error-texts.ts';
import { boundedWork } from '../../operations/bounded-work.ts';
import { translatedView } from '../../views/translation-view.ts';
import { showPost } from './post-page.ts';

/** The parameter of a permalink that shows the stored translation. It never starts a new translation. */
export const TRANSLATED = 'translated';

/** An engine takes seconds for a text, and a client waits for 30 of them at most. */
const BOUNDS = { atOnce: 8, waiting: 16 };

export function translationRoutes(host: PageHost, attempts: AttemptLimits) {
  const bounded = boundedWork(BOUNDS);
  const { microblog, site } = host;
  return {
    translate: {
      /** A script gets the text. A form is redirected to the permalink, which shows the stored translation. */
      async submit(ctx: HostContext, _form: Form, viewer: MemberAccount): Promise<void> {
        const { lang } = ctx.state;
        const { id } = ctx.params;
        try {
          const translation = await bounded(() =>
            microblog.translation.translate(viewer, id, {
              to: lang,
              beforeAsking: () => attempts.countTranslation(ctx),
            }),
          );
          if (wantsJson(ctx)) {
            ctx.set('Cache-Control', 'private, no-store');
            const { text, from, translator } = translation;
            ctx.body = { text, from, translator, ...translatedView(ctx, translation) };
          } else {
            seeOther(ctx, `${site.urls.post({ id: translation.postId })}?${TRANSLATED}=1`);
          }
        } catch (error) {
          if (wantsJson(ctx) || !isAboutTranslation(error)) throw error;
          await showFault(host, ctx, await microblog.posts.show(viewer, id), error);
        }
      },
    },
  };
}

function isAboutTranslation(error: unknown): error is MicroblogError<string> {
  return isMicroblogError(error) && /^(translation_|too_many_translations$)/.test(error.code);
}

/** Shows the reason on the permalink if it has a button to try again; else the page of the error. */
async function showFault(
  host: PageHost,
  ctx: HostContext,
  found: Entry,
  error: MicroblogError<string>,
): Promise<void> {
  const { status, code } = errorAnswer(error);
  const { title, text } = errorTexts(ctx.state.translate, code);
  await showPost(host, ctx, found, (post) => {
    if (post.translation === null) throw error;
    return { ...post, translation: { ...post.translation, fault: `${title}. ${text}` } };
  });
  ctx.status = status;
  if (status === 503) ctx.set('Retry-After', retryAfter(error));
}
