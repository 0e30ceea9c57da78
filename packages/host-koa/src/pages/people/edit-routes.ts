import { MAX_ABOUT_ME_LENGTH, MAX_NICKNAME_LENGTH, type MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import { formView } from '../../http/forms/form-view.ts';
import type { PageHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { renderPage } from '../layout/page.ts';

interface ProfileValues {
  readonly nickname: string;
  readonly aboutMe: string;
}

/** The form for a member's public profile. */
export function editRoutes(host: PageHost) {
  const { microblog, browser } = host;
  const { urls } = host.site;

  const show = (ctx: HostContext, viewer: MemberAccount, values: ProfileValues, faults: FormFaults) =>
    renderPage(
      host,
      ctx,
      'edit.njk',
      {
        form: formView(values, faults, ['nickname', 'aboutMe']),
        nicknameMaxLength: MAX_NICKNAME_LENGTH,
        aboutMeMaxLength: MAX_ABOUT_ME_LENGTH,
        gravatarSite: urls.showsAvatar(viewer.avatarUrl ?? '') ? null : urls.gravatarSite,
      },
      { place: 'profile' },
    );

  return {
    page: (ctx: HostContext, viewer: MemberAccount) => show(ctx, viewer, viewer, noFaults),

    edit: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const input = { nickname: form.text('nickname'), aboutMe: form.text('about_me') };
        const user = await microblog.users.editProfile(viewer, input);
        browser.flash.set(ctx, 'saved');
        seeOther(ctx, urls.profile(user));
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults, viewer: MemberAccount) =>
        show(ctx, viewer, { nickname: form.text('nickname'), aboutMe: form.text('about_me') }, faults),
      draftOf: (form: Form) => form.text('about_me'),
    },
  };
}
