import Router from '@koa/router';
import type { HostState } from '../http/context.ts';
import { formRoute } from '../http/forms/form-route.ts';
import type { Host } from '../http/host.ts';
import { membersOnly } from '../http/middleware/members-only.ts';
import { embedRoutes } from '../open/embeds/embed-routes.ts';
import { feedRoutes } from '../open/feeds/feed-routes.ts';
import { assetRoutes } from '../open/files/asset-routes.ts';
import { robotsRoute } from '../open/files/robots-route.ts';
import { oembedRoutes } from '../open/oembed/oembed-routes.ts';
import { healthRoutes } from '../open/operations/health-routes.ts';
import { metricsRoute } from '../open/operations/metrics-routes.ts';
import { syndicated } from '../open/syndicated.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { mailLinkRoutes } from './accounts/mail-link-routes.ts';
import { passwordResetRoutes } from './accounts/password-reset-routes.ts';
import { providerRoutes } from './accounts/provider-routes.ts';
import { editRoutes } from './people/edit-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { postRoutes } from './posts/post-routes.ts';
import { translationRoutes } from './posts/translation-routes.ts';
import { preferenceRoutes } from './preferences/preference-routes.ts';
import { searchRoutes } from './search/search-routes.ts';
import { exportRoutes } from './settings/export-routes.ts';
import { identityRoutes } from './settings/identity-routes.ts';
import { settingsRoutes } from './settings/settings-routes.ts';
import { newsRoutes } from './timelines/news-routes.ts';
import { timelineRoutes } from './timelines/timeline-routes.ts';

/** Files, which are the same for everybody: without a session, and without the database. */
export function fileRoutes(host: Host): Router<HostState> {
  const router = new Router<HostState>();
  const assets = assetRoutes(host);

  router.get('/assets/:file', assets.file);
  router.get('/avatars/:file', assets.avatar);
  // Read at the root of a site alone, which elsewhere is the host application's.
  if (host.urls.basePath === '') router.get('/robots.txt', robotsRoute(host));

  return router;
}

/** Routes for those who run the place: without session, language and page around them, and open to visitors. */
export function operationRoutes(host: Host): Router<HostState> {
  const router = new Router<HostState>();
  const health = healthRoutes(host.readiness);

  router.get('/healthz', health.alive);
  router.get('/readyz', health.ready);
  if (host.metricsPage !== null) router.get('/metrics', metricsRoute(host.metricsPage));

  return router;
}

/** What goes to other sites and to programs: without session and cookies, the same for everybody. */
export function syndicationRoutes(host: Host): Router<HostState> {
  const router = new Router<HostState>();
  const embeds = embedRoutes(host);
  const feeds = feedRoutes(host);
  const oembed = oembedRoutes(host);

  router.get('/embed.js', embeds.script);

  router.use(syndicated(host));
  router.get('/embed/timeline', embeds.timeline);
  router.get('/embed/user/:nickname', embeds.user);
  router.get('/embed/post/:id', embeds.post);
  router.get('/oembed', oembed.describe);
  router.get('/feed.atom', feeds.atom);
  router.get('/feed.json', feeds.json);
  router.get('/user/:nickname/feed.atom', feeds.atom);
  router.get('/user/:nickname/feed.json', feeds.json);

  return router;
}

/** Every page and form, in one place. Forms pass `formRoute`, which checks their token. */
export function routes(host: Host): Router<HostState> {
  const router = new Router<HostState>();
  const form = (route: Parameters<typeof formRoute>[1]) => formRoute(host, route);

  const accounts = accountRoutes(host);
  const edit = editRoutes(host);
  const exports = exportRoutes(host);
  const identities = identityRoutes(host);
  const mailLinks = mailLinkRoutes(host);
  const news = newsRoutes(host);
  const passwordReset = passwordResetRoutes(host);
  const people = peopleRoutes(host);
  const posts = postRoutes(host);
  const providers = providerRoutes(host);
  const preferences = preferenceRoutes(host);
  const search = searchRoutes(host);
  const settings = settingsRoutes(host);
  const timelines = timelineRoutes(host);
  const translation = translationRoutes(host);

  // Where a host application owns sign-in, there is nothing at these addresses.
  if (host.hostUsers === null) {
    router.get('/register', accounts.registrationPage);
    router.post('/register', form(accounts.register));
    router.get('/login', accounts.signInPage);
    router.post('/login', form(accounts.signIn));
    router.post('/logout', form(accounts.signOut));
    if (host.identityProviders.all.length > 0) {
      router.get('/login/:provider', providers.begin);
      router.get('/login/:provider/callback', providers.callback);
    }
    router.get('/reset-password', passwordReset.requestPage);
    router.post('/reset-password', form(passwordReset.request));
    router.get('/reset-password/:token', passwordReset.newPasswordPage);
    router.post('/reset-password/:token', form(passwordReset.newPassword));
    router.get('/confirm-email/:token', mailLinks.confirmationPage);
    router.post('/confirm-email/:token', form(mailLinks.confirm));
  }
  router.get('/unsubscribe/:token', mailLinks.unsubscribePage);
  router.post('/unsubscribe/:token', mailLinks.unsubscribe);
  router.post('/language', form(preferences.language));
  router.post('/theme', form(preferences.theme));

  router.use(membersOnly(host.requireLogin));
  router.get('/', timelines.home);
  router.get('/timeline/new', news.home);
  router.get('/explore', timelines.explore);
  router.get('/explore/new', news.explore);
  router.get('/search', search.page);
  router.post('/posts', form(posts.publish));
  router.get('/posts/:id', posts.permalink);
  router.post('/posts/:id/delete', form(posts.delete));
  router.post('/posts/:id/translate', form(translation.translate));
  router.get('/edit', edit.page);
  router.post('/edit', form(edit.edit));
  router.get('/settings', settings.page);
  router.get('/settings/export', exports.posts);
  router.post('/settings/language', form(settings.language));
  router.post('/settings/mails', form(settings.mails));
  if (host.hostUsers === null) {
    router.post('/settings/email', form(settings.email));
    router.post('/settings/email/cancel', form(settings.cancelEmail));
    router.post('/settings/confirmation', form(settings.confirmation));
    router.post('/settings/password', form(settings.password));
    router.post('/settings/sign-out-everywhere', form(settings.signOutEverywhere));
    router.post('/settings/delete', form(settings.delete));
    router.post('/settings/identities', form(identities.link));
    router.post('/settings/identities/:id/unlink', form(identities.unlink));
  }
  router.get('/user/:nickname', people.profile);
  router.get('/user/:nickname/followers', people.followers);
  router.get('/user/:nickname/following', people.following);
  router.post('/user/:nickname/follow', form(people.follow));
  router.post('/user/:nickname/unfollow', form(people.unfollow));

  return router;
}
