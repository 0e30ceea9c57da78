import { MAX_ABOUT_ME_LENGTH, MAX_NICKNAME_LENGTH, MicroblogError } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import type { Host } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { setFlash } from '../../http/sessions/flash.ts';
import { renderPage } from '../layout/page.ts';

interface ProfileValues {
  readonly nickname: string;
  readonly aboutMe: string;
}

/** How members look to others. */
export function editRoutes(host: Host) {
  const { microblog, urls } = host;

  const show = (ctx: HostContext, values: ProfileValues, faults: FormFaults) =>
    renderPage(
      host,
      ctx,
      'edit.njk',
      {
        form: { values, ...faults },
        nicknameMaxLength: MAX_NICKNAME_LENGTH,
        aboutMeMaxLength: MAX_ABOUT_ME_LENGTH,
        gravatarSite: urls.showsAvatar(ctx.state.viewer?.avatarUrl ?? '') ? null : urls.gravatarSite,
      },
      { place: 'profile' },
    );

  return {
    async page(ctx: HostContext): Promise<void> {
      const { viewer } = ctx.state;
      if (viewer === null) throw new MicroblogError('sign_in_required', 'Only members have a profile.');
      await show(ctx, viewer, noFaults);
    },

    edit: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const input = { nickname: form.text('nickname'), aboutMe: form.text('about_me') };
        const user = await microblog.users.editProfile(ctx.state.viewer, input);
        setFlash(host, ctx, 'saved');
        seeOther(ctx, urls.profile(user));
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults) =>
        show(ctx, { nickname: form.text('nickname'), aboutMe: form.text('about_me') }, faults),
      draftOf: (form: Form) => form.text('about_me'),
    },
  };
}
