import type { MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';
import { setContentLanguage } from '../../http/middleware/language.ts';
import { parameter } from '../../http/page-query.ts';
import { render } from '../../http/render.ts';
import { chosenTheme } from '../../http/sessions/preferences.ts';
import type { Site } from '../../site/site.ts';
import type { SiteConstants } from '../../site/site-constants.ts';
import type { Urls } from '../../site/urls.ts';
import type { Alternate } from '../../views/alternates.ts';
import { pictureView } from '../../views/picture-view.ts';
import type { Preview } from '../../views/preview.ts';
import { isOpen } from './compressed.ts';
import type { PageModels } from './page-models.ts';
import type { PageState, Place } from './page-state.ts';

interface PageOptions {
  /** Which place of the navigation the page belongs to. */
  readonly place?: Place;
  readonly alternates?: readonly Alternate[];
  readonly preview?: Preview | null;
  /** True if the page contains secrets of its reader. Default: true if pages of the template may. */
  readonly personal?: boolean;
  /** True if the address contains a secret: the page is not cached, and pages opened from it do not get the address. */
  readonly secretAddress?: boolean;
}

/** Renders a template with its model and the state that every page shares. */
export async function renderPage<Template extends keyof PageModels>(
  host: PageHost,
  ctx: HostContext,
  template: Template,
  model: PageModels[Template] & NoConstant,
  options: PageOptions = {},
): Promise<void> {
  // The client has left: nobody would get the page.
  if (!ctx.writable) return;
  const { place = '', alternates = [], preview = null, secretAddress = false } = options;
  const { personal = !isOpen(template) } = options;
  // Pages differ by reader, and contain tokens.
  const kept = secretAddress ? 'no-store' : 'private, no-cache';
  ctx.set('Cache-Control', personal ? `${kept}, no-transform` : kept);
  if (secretAddress) ctx.set('Referrer-Policy', 'no-referrer');
  setContentLanguage(ctx);
  const canonicalUrl = template === 'error.njk' || secretAddress ? null : canonical(host.site, ctx, preview);
  const state: OwnState = { ...pageState(host, ctx, place), alternates, preview, canonicalUrl };
  await render(host.templates, ctx, template, { ...state, ...model }, host.site.constants(ctx.state.lang));
}

/** The parameters that select the page. All others only say how the reader came here. */
const CANONICAL_PARAMETERS = ['before', 'after', 'q', 'order'];

/** The one address for search engines, which may know the page by several. */
function canonical({ absoluteUrl, urls }: Site, ctx: HostContext, preview: Preview | null): string | null {
  if (absoluteUrl === null || ctx.method !== 'GET') return null;
  const query = new URLSearchParams(
    CANONICAL_PARAMETERS.flatMap((name): [string, string][] => {
      const value = parameter(ctx, name);
      return value === undefined ? [] : ([[name, value]] satisfies [string, string][]);
    }),
  ).toString();
  return absoluteUrl((preview?.path ?? urls.to(ctx.path)) + (query === '' ? '' : `?${query}`));
}

/** No model may replace a constant, which templates have computed with already. */
type NoConstant = Partial<Record<keyof SiteConstants, never>>;

/** The state that depends on the request. */
type OwnState = Omit<PageState, keyof SiteConstants>;

type PageOwn = 'alternates' | 'preview' | 'canonicalUrl';

function pageState({ browser, site }: PageHost, ctx: HostContext, place: Place): Omit<OwnState, PageOwn> {
  const { urls, accountsHere } = site;
  const path = ctx.method === 'GET' && !ctx.path.startsWith('//') ? ctx.path + ctx.search : '/';
  const { viewer, requestId } = ctx.state;
  return {
    csrfToken: browser.csrf.issue(ctx),
    viewer: viewer === null ? null : viewerView(urls, viewer),
    place,
    flash: browser.flash.take(ctx),
    theme: chosenTheme(ctx),
    path,
    signInUrl: accountsHere ? urls.signIn() : urls.signIn(path),
    settingsUrl: viewer === null ? null : urls.to('/settings'),
    requestId,
  };
}

function viewerView(urls: Urls, user: MemberAccount): PageState['viewer'] {
  return {
    id: user.id,
    nickname: user.nickname,
    ...pictureView(urls, user),
    profileUrl: urls.profile(user),
  };
}
