import type { Host } from '../http/host.ts';
import type { CompleteRouteTable } from '../http/routing/route-table.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { mailLinkRoutes } from './accounts/mail-link-routes.ts';
import { passwordResetRoutes } from './accounts/password-reset-routes.ts';
import { providerRoutes } from './accounts/provider-routes.ts';
import { editRoutes } from './people/edit-routes.ts';
import { followToggle } from './people/follow-toggle.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { postRoutes } from './posts/post-routes.ts';
import { translationRoutes } from './posts/translation-routes.ts';
import { preferenceRoutes } from './preferences/preference-routes.ts';
import { pageRouter } from './routing/page-router.ts';
import { searchRoutes } from './search/search-routes.ts';
import { exportRoutes } from './settings/export-routes.ts';
import { identityRoutes } from './settings/identity-routes.ts';
import { settingsRoutes } from './settings/settings-routes.ts';
import { newPostsRoutes } from './timelines/new-posts-routes.ts';
import { timelineRoutes } from './timelines/timeline-routes.ts';

// Why: docs/decisions/0076-routes-in-groups.md
/** Every page and form, in one place. The group before `.page` or `.form` decides who may use the route. */
export function pageRoutes(host: Host): CompleteRouteTable {
  const { microblog, site, signIn, operations } = host;
  const { table, open, readers, members } = pageRouter(host);

  const accounts = accountRoutes(host);
  const edit = editRoutes(host);
  const exports = exportRoutes(host);
  const identities = identityRoutes(host);
  const mailLinks = mailLinkRoutes(host, host.unsubscribeTokens);
  const newPosts = newPostsRoutes(microblog);
  const passwordReset = passwordResetRoutes(host);
  const people = peopleRoutes(host);
  const posts = postRoutes(host);
  const providers = providerRoutes(host, operations.logger);
  const preferences = preferenceRoutes(site);
  const search = searchRoutes(host, operations.searchObservers);
  const settings = settingsRoutes(host);
  const timelines = timelineRoutes(host);
  const translation = translationRoutes(host, signIn.attempts);

  // If the host application owns sign-in, these addresses do not exist.
  if (site.accountsHere) {
    open.page('/register', accounts.registrationPage);
    open.form('/register', accounts.register);
    open.page('/login', accounts.signInPage);
    open.form('/login', accounts.signIn);
    open.form('/logout', accounts.signOut);
    if (signIn.identityProviders.all.length > 0) {
      open.redirect('/login/:provider', providers.begin);
      open.redirect('/login/:provider/callback', providers.callback);
      open.unguardedPost(
        '/login/:provider/callback',
        'Providers post here from their own pages; it changes nothing, and leads to the address that checks the state.',
        providers.postedCallback,
      );
    }
    open.page('/reset-password', passwordReset.requestPage);
    open.form('/reset-password', passwordReset.request);
    open.page('/reset-password/:token', passwordReset.newPasswordPage);
    open.form('/reset-password/:token', passwordReset.newPassword);
    open.page('/confirm-email/:token', mailLinks.confirmationPage);
    open.form('/confirm-email/:token', mailLinks.confirm);
  }
  open.page('/unsubscribe/:token', mailLinks.unsubscribePage);
  open.unguardedPost(
    '/unsubscribe/:token',
    'Mail programs post here by themselves (RFC 8058); the token in the address is signed.',
    mailLinks.unsubscribe,
  );
  open.form('/language', preferences.language);
  open.form('/theme', preferences.theme);

  readers.page('/', timelines.home);
  members.json('/timeline/new', newPosts.home);
  readers.page('/explore', timelines.explore);
  readers.json('/explore/new', newPosts.explore);
  readers.page('/search', search.page);

  members.form('/posts', posts.publish);
  readers.page('/posts/:id', posts.permalink);
  members.form('/posts/:id/delete', posts.delete);
  members.form('/posts/:id/translate', translation.translate);

  readers.page('/user/:nickname', people.profile);
  readers.page('/user/:nickname/followers', people.followers);
  readers.page('/user/:nickname/following', people.following);
  members.toggle(followToggle(host));
  members.page('/edit', edit.page);
  members.form('/edit', edit.edit);

  members.page('/settings', settings.page);
  members.file('/settings/export', exports.posts);
  members.form('/settings/language', settings.language);
  members.form('/settings/choices', settings.choices);
  if (site.accountsHere) {
    members.form('/settings/email', settings.email);
    members.form('/settings/email/cancel', settings.cancelEmail);
    members.form('/settings/confirmation', settings.confirmation);
    members.form('/settings/password', settings.password);
    members.form('/settings/sign-out-everywhere', settings.signOutEverywhere);
    members.form('/settings/delete', settings.delete);
    members.form('/settings/identities', identities.link);
    members.form('/settings/identities/:id/unlink', identities.unlink);
  }

  return table;
}
