import type { OpenHost } from '../http/host.ts';
import { readSection, routeGuards } from '../http/routing/route-groups.ts';
import { type CompleteRouteTable, type RouteKind, RouteTable } from '../http/routing/route-table.ts';
import type { Operations } from '../operations/operations.ts';
import type { Site } from '../site/site.ts';
import { type SyndicatedRoute, withErrors } from './answers.ts';
import { embedRoutes } from './embeds/embed-routes.ts';
import { feedRoutes } from './feeds/feed-routes.ts';
import { assetRoutes } from './files/asset-routes.ts';
import { robotsRoute } from './files/robots-route.ts';
import { oembedRoutes } from './oembed/oembed-routes.ts';
import { healthRoutes } from './operations/health-routes.ts';
import { metricsRoute } from './operations/metrics-routes.ts';
import { syndicated } from './syndicated.ts';

/** Files, which are the same for every reader: without session and database. */
export function fileRoutes(site: Site): CompleteRouteTable {
  const table = new RouteTable();
  const open = readSection(table, 'open', routeGuards(site).open);
  const assets = assetRoutes(site.assets);

  open.file('/assets/:file', assets.file);
  open.file('/avatars/:file', assets.avatar);
  // Crawlers read it only at the root of a site; with a base path, the root belongs to the host application.
  if (site.urls.basePath === '') open.file('/robots.txt', robotsRoute(site));

  return table;
}

/** Routes for operators: without session, language and page, and open to everybody. */
export function operationRoutes(site: Site, { readiness, metricsPage }: Operations): CompleteRouteTable {
  const table = new RouteTable();
  const open = readSection(table, 'open', routeGuards(site).open);
  const health = healthRoutes(readiness);

  open.json('/healthz', health.alive);
  open.json('/readyz', health.ready);
  if (metricsPage !== null) open.file('/metrics', metricsRoute(metricsPage));

  return table;
}

/** Routes for other sites and for programs: without session and cookies, and the same for every reader. */
export function syndicationRoutes(host: OpenHost): CompleteRouteTable {
  const { site, operations } = host;
  const table = new RouteTable();
  const guards = routeGuards(site);
  const open = readSection(table, 'open', guards.open);
  const readers = readSection(table, 'readers', guards.readers);
  const shared = (path: string, kind: RouteKind, route: SyndicatedRoute) =>
    readers.guardedByItself(path, kind, (guard) => [syndicated(site), withErrors(operations, guard, route)]);

  const embeds = embedRoutes(host);
  const feeds = feedRoutes(host);
  const oembed = oembedRoutes(host);

  open.file('/embed.js', embeds.script);
  shared('/embed/timeline', 'page', embeds.timeline);
  shared('/embed/user/:nickname', 'page', embeds.user);
  shared('/embed/post/:id', 'page', embeds.post);
  shared('/oembed', 'json', oembed.describe);
  shared('/feed.atom', 'feed', feeds.atom);
  shared('/feed.json', 'feed', feeds.json);
  shared('/user/:nickname/feed.atom', 'feed', feeds.atom);
  shared('/user/:nickname/feed.json', 'feed', feeds.json);

  return table;
}
