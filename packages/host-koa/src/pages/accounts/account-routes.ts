import { isMicroblogError, MIN_PASSWORD_LENGTH, MicroblogError } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import { formView } from '../../http/forms/form-view.ts';
import type { AccountHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { forgetSignIns, takeDraft } from '../../http/sessions/sign-in-cookies.ts';
import { renderPage } from '../layout/page.ts';
import { showHome } from '../timelines/home-page.ts';
import { pendingLinkNamed, providerChoices, showSignIn } from './sign-in-page.ts';
import { setWelcome } from './welcome.ts';

interface RegistrationValues {
  readonly nickname: string;
  readonly email: string;
}

export function accountRoutes(host: AccountHost) {
  const { microblog } = host;
  const { urls } = host.site;
  const { sessions, attempts, cookies } = host.signIn;
  const { flash } = host.browser;

  const showRegistration = (ctx: HostContext, values: RegistrationValues, faults: FormFaults) =>
    renderPage(host, ctx, 'register.njk', {
      form: formView(values, faults, ['nickname', 'email', 'password']),
      providers: providerChoices(host),
      link: null,
      passwordMinLength: MIN_PASSWORD_LENGTH,
    });

  return {
    async signInPage(ctx: HostContext): Promise<void> {
      const next = typeof ctx.query.next === 'string' ? ctx.query.next : '';
      if (ctx.state.viewer !== null) return seeOther(ctx, urls.safeRedirect(next));
      const link = pendingLinkNamed(host.signIn, ctx, { slug: ctx.query.link, viewer: null });
      await showSignIn(host, ctx, { next, link });
    },

    signIn: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const input = { login: form.text('login'), password: form.text('password') };
        const user = await attempts.guard(ctx, { login: input.login }, () =>
          microblog.accounts.signIn(input),
        );
        const link = pendingLinkNamed(host.signIn, ctx, { slug: form.text('link'), viewer: user });
        // Link first: if linking fails, no session begins, and the form shows the reason.
        if (link !== null) {
          try {
            await microblog.accounts.linkIdentity(user, link.identity, { password: input.password });
          } catch (error) {
            // Otherwise this sign-in would fail again on every try.
            if (isMicroblogError(error, 'identity_taken')) cookies.link.clear(ctx);
            throw error;
          }
          cookies.link.clear(ctx);
        }
        sessions.begin(ctx, user, { remember: form.checked('remember_me') });
        const draft = form.text('draft');
        // A redirect can't carry the draft, so this answer shows the composer with it.
        takeDraft(cookies, ctx);
        if (draft !== '') return showHome(host, ctx, { body: draft, error: null });
        flash.set(ctx, link === null ? 'signed_in' : 'identity_joined', user.nickname);
        seeOther(ctx, urls.safeRedirect(form.text('next')));
      },
      async showAgain(ctx: HostContext, form: Form, faults: FormFaults): Promise<void> {
        const values = { login: form.text('login'), rememberMe: form.checked('remember_me') };
        const link = pendingLinkNamed(host.signIn, ctx, { slug: form.text('link'), viewer: null });
        const [next, draft] = [form.text('next'), form.text('draft')];
        await showSignIn(host, ctx, { values, next, faults, draft, link });
      },
    },

    async registrationPage(ctx: HostContext): Promise<void> {
      if (ctx.state.viewer !== null) return seeOther(ctx, urls.to('/'));
      if (microblog.options.registration === 'closed') {
        throw new MicroblogError('registration_closed', 'Registration is closed here.');
      }
      await showRegistration(ctx, { nickname: '', email: '' }, noFaults);
    },

    register: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        await attempts.countRegistration(ctx);
        const user = await microblog.accounts.register(ctx.state.viewer, {
          nickname: form.text('nickname'),
          email: form.text('email'),
          password: form.text('password'),
          locale: ctx.state.lang,
        });
        sessions.begin(ctx, user, { remember: false });
        setWelcome(host, ctx, user);
        seeOther(ctx, urls.to('/'));
      },
      async showAgain(ctx: HostContext, form: Form, faults: FormFaults): Promise<void> {
        await showRegistration(ctx, { nickname: form.text('nickname'), email: form.text('email') }, faults);
      },
    },

    signOut: {
      async submit(ctx: HostContext): Promise<void> {
        sessions.end(ctx);
        forgetSignIns(cookies, ctx);
        flash.set(ctx, 'signed_out');
        seeOther(ctx, urls.to('/'));
      },
    },
  };
}
