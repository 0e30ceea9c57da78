import { MIN_PASSWORD_LENGTH, MicroblogError } from '@microblog/core';
import type { HostContext } from '../../context.ts';
import type { Form } from '../../forms/form.ts';
import { type FormFaults, noFaults } from '../../forms/form-route.ts';
import type { Host } from '../../host.ts';
import { setFlash } from '../../sessions/flash.ts';
import { renderPage } from '../../views/page.ts';
import { seeOther } from '../redirects.ts';
import { showHome } from '../timelines/home-page.ts';

interface SignInValues {
  readonly login: string;
  readonly rememberMe: boolean;
}

interface RegistrationValues {
  readonly nickname: string;
  readonly email: string;
}

export function accountRoutes(host: Host) {
  const { microblog, urls, sessions, attempts } = host;

  const showSignIn = (ctx: HostContext, values: SignInValues, next: string, faults: FormFaults, draft = '') =>
    renderPage(host, ctx, 'login.njk', { form: { values, ...faults }, next, draft });

  const showRegistration = (ctx: HostContext, values: RegistrationValues, faults: FormFaults) =>
    renderPage(host, ctx, 'register.njk', {
      form: { values, ...faults },
      passwordMinLength: MIN_PASSWORD_LENGTH,
    });

  return {
    async signInPage(ctx: HostContext): Promise<void> {
      const next = typeof ctx.query.next === 'string' ? ctx.query.next : '';
      if (ctx.state.viewer !== null) return seeOther(ctx, urls.within(next));
      await showSignIn(ctx, { login: '', rememberMe: false }, next, noFaults);
    },

    signIn: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const input = { login: form.text('login'), password: form.text('password') };
        const user = await attempts.guard(ctx, input.login, () => microblog.accounts.signIn(input));
        sessions.begin(ctx, user, { remember: form.checked('remember_me') });
        const draft = form.text('draft');
        // No redirect carries a text: the composer is shown at once, with what was typed before signing in.
        if (draft !== '') return showHome(host, ctx, { body: draft, error: null });
        setFlash(host, ctx, 'signed_in', user.nickname);
        seeOther(ctx, urls.within(form.text('next')));
      },
      async showAgain(ctx: HostContext, form: Form, faults: FormFaults): Promise<void> {
        const values = { login: form.text('login'), rememberMe: form.checked('remember_me') };
        await showSignIn(ctx, values, form.text('next'), faults, form.text('draft'));
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
        const user = await microblog.accounts.register(ctx.state.viewer, {
          nickname: form.text('nickname'),
          email: form.text('email'),
          password: form.text('password'),
          locale: ctx.state.lang,
        });
        sessions.begin(ctx, user, { remember: false });
        setFlash(host, ctx, 'registered', user.nickname);
        seeOther(ctx, urls.to('/'));
      },
      async showAgain(ctx: HostContext, form: Form, faults: FormFaults): Promise<void> {
        await showRegistration(ctx, { nickname: form.text('nickname'), email: form.text('email') }, faults);
      },
    },

    signOut: {
      async submit(ctx: HostContext): Promise<void> {
        sessions.end(ctx);
        setFlash(host, ctx, 'signed_out');
        seeOther(ctx, urls.to('/'));
      },
    },
  };
}
