import { type MemberAccount, MIN_PASSWORD_LENGTH } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import { formView } from '../../http/forms/form-view.ts';
import type { AccountHost } from '../../http/host.ts';
import { readableEmail } from '../../site/readable-email.ts';
import type { SettingsSection } from '../accounts/account-pages.ts';
import { renderPage } from '../layout/page.ts';
import { settingRows } from './setting-rows.ts';
import { signInWays } from './sign-in-ways-view.ts';

/** A form of the settings that was refused, to be shown again. */
export interface RefusedForm {
  readonly section: SettingsSection;
  readonly faults: FormFaults;
  readonly email?: string;
}

/** Renders the page with the settings, with the status that `ctx` has. */
export async function showSettings(
  host: AccountHost,
  ctx: HostContext,
  viewer: MemberAccount,
  refused?: RefusedForm,
): Promise<void> {
  const { microblog } = host;
  const { translations, accountsHere: accountHere } = host.site;
  const { accounts } = microblog;
  const faults = (section: SettingsSection) => (refused?.section === section ? refused.faults : noFaults);
  const pendingEmail = accountHere ? await accounts.pendingEmail(viewer) : null;
  const hasPassword = accountHere && (await accounts.hasPassword(viewer));
  await renderPage(host, ctx, 'settings.njk', {
    accountHere,
    email: viewer.email && readableEmail(viewer.email),
    emailConfirmed: viewer.emailVerifiedAt !== null,
    emailPending: pendingEmail && readableEmail(pendingEmail),
    hasPassword,
    signInWays: accountHere ? await signInWays(host, ctx, { viewer, hasPassword }) : null,
    mailEnabled: microblog.mailEnabled,
    mailSettings: settingRows('mails', viewer.settings),
    ownLanguage: (viewer.locale && translations.nearest(viewer.locale)) ?? ctx.state.lang,
    passwordMinLength: MIN_PASSWORD_LENGTH,
    forms: {
      email: formView({ email: refused?.email ?? '' }, faults('email'), ['email', 'password']),
      password: formView({}, faults('password'), ['currentPassword', 'password']),
      link: formView({}, faults('link'), ['password']),
      delete: formView({}, faults('delete'), ['password', 'nickname']),
    },
  });
}
