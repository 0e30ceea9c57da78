import type { Entry, MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { answerForm } from '../../http/forms/form-answer.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { PageHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { countKey, personCount } from '../../views/counts.ts';
import type { TranslatedView } from '../../views/people-and-posts.ts';
import { offeredTranslation, translatedView } from '../../views/translation-view.ts';
import { showHome } from '../timelines/home-page.ts';
import { showPost } from './post-page.ts';
import { TRANSLATED } from './translation-routes.ts';

export function postRoutes(host: PageHost) {
  const { microblog, browser } = host;
  const { urls } = host.site;

  /** The stored translation, if the address asks for it and there is one. */
  async function storedTranslation(ctx: HostContext, entry: Entry): Promise<TranslatedView | null> {
    if (ctx.query[TRANSLATED] === undefined || offeredTranslation(host, ctx, entry.post) === null)
      return null;
    const stored = await microblog.translation.kept(ctx.state.viewer, entry, ctx.state.lang);
    return stored && translatedView(ctx, stored);
  }

  return {
    publish: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        await microblog.posts.publish(viewer, { body: form.text('body') });
        browser.flash.set(ctx, 'published');
        seeOther(ctx, urls.to('/'));
      },
      async showAgain(ctx: HostContext, form: Form, { errors, error }: FormFaults): Promise<void> {
        await showHome(host, ctx, { body: form.text('body'), error: errors.body ?? error });
      },
      draftOf: (form: Form) => form.text('body'),
      // Names the member: the form may have been opened by another one, before signing in again.
      outOfDateText: ({ state }: HostContext) =>
        state.translate('errors:situations.composer_shown_again', { nickname: state.viewer?.nickname ?? '' }),
    },

    async permalink(ctx: HostContext): Promise<void> {
      const found = await microblog.posts.show(ctx.state.viewer, ctx.params.id);
      const shown = await storedTranslation(ctx, found);
      await showPost(host, ctx, found, (post) => ({
        ...post,
        translation: post.translation && { ...post.translation, shown },
      }));
    },

    delete: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const { translate } = ctx.state;
        const { authorId } = await microblog.posts.delete(viewer, ctx.params.id);
        const counts =
          viewer.id === authorId
            ? { [countKey(viewer, 'posts')]: personCount(translate, 'posts', viewer.postCount - 1) }
            : {};
        answerForm(browser.flash, ctx, {
          flash: 'deleted',
          to: urls.safeRedirect(form.text('next')),
          data: { counts },
        });
      },
    },
  };
}
