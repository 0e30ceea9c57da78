import type { Post } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { answerForm } from '../../http/forms/form-answer.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { Host } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { setFlash } from '../../http/sessions/flash.ts';
import type { TranslatedView } from '../../views/people-and-posts.ts';
import { tally, tallyName } from '../../views/tallies.ts';
import { offeredTranslation, translatedView } from '../../views/translation-view.ts';
import { showHome } from '../timelines/home-page.ts';
import { showPost } from './post-page.ts';
import { TRANSLATED } from './translation-routes.ts';

export function postRoutes(host: Host) {
  const { microblog, urls } = host;

  /** What the address asks to show, where there is something. */
  async function keptTranslation(ctx: HostContext, post: Post): Promise<TranslatedView | null> {
    if (ctx.query[TRANSLATED] === undefined || offeredTranslation(host, ctx, post) === null) return null;
    const kept = await microblog.translation.kept(ctx.state.viewer, post.id, ctx.state.lang);
    return kept && translatedView(ctx, kept);
  }

  return {
    publish: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        await microblog.posts.publish(ctx.state.viewer, { body: form.text('body') });
        setFlash(host, ctx, 'published');
        seeOther(ctx, urls.to('/'));
      },
      async showAgain(ctx: HostContext, form: Form, { errors, error }: FormFaults): Promise<void> {
        // The session ended meanwhile, and a visitor's home has no composer.
        if (ctx.state.viewer === null) throw hostError('csrf_failed', 'The session is over.');
        await showHome(host, ctx, { body: form.text('body'), error: errors.body ?? error });
      },
      draftOf: (form: Form) => form.text('body'),
    },

    async permalink(ctx: HostContext): Promise<void> {
      const found = await microblog.posts.show(ctx.state.viewer, ctx.params.id);
      const shown = await keptTranslation(ctx, found.post);
      await showPost(host, ctx, found, (post) => ({
        ...post,
        translation: post.translation && { ...post.translation, shown },
      }));
    },

    delete: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer, translate } = ctx.state;
        const { authorId } = await microblog.posts.delete(viewer, ctx.params.id);
        const tallies =
          viewer?.id === authorId
            ? { [tallyName(viewer, 'posts')]: tally(translate, 'posts', viewer.postCount - 1) }
            : {};
        answerForm(host, ctx, { flash: 'deleted', to: urls.within(form.text('next')), data: { tallies } });
      },
    },
  };
}
