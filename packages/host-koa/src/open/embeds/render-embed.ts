import { createHash } from 'node:crypto';
import type { HostContext } from '../../http/context.ts';
import { parameter } from '../../http/page-query.ts';
import type { Site } from '../../site/site.ts';
import type { AuthorView, PostView } from '../../views/people-and-posts.ts';
import { renderText } from '../answers.ts';
import { syndicatedPolicy } from '../syndicated.ts';

export interface EmbedPage {
  readonly title: string;
  /** Whose posts they are; null where each says so. */
  readonly head: (AuthorView & { readonly aboutMe: string }) | null;
  readonly posts: readonly PostView[];
  /** One post as a whole, rather than a list. */
  readonly full: boolean;
  /** Where there are no posts: what is said instead. */
  readonly note: { readonly title: string; readonly text: string };
  readonly more: { readonly text: string; readonly url: string };
}

/** A page that stands by itself: its style is within it, and nothing else of it is loaded but pictures. */
export async function renderEmbed(site: Site, ctx: HostContext, page: EmbedPage): Promise<string> {
  const { urls, assets, translations, look } = site;
  const { lang, translate: t } = ctx.state;
  const theme = parameter(ctx, 'theme');
  const html = await renderText(ctx, 'embeds/embed.njk', {
    t,
    lang,
    dir: translations.languages.find(({ code }) => code === lang)?.dir ?? 'ltr',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    themeStyle: look.stylesheet,
    iconUrl: urls.to(`/assets/${assets.fileOf('favicon.svg')}`),
    ...page,
  });
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  ctx.set('Content-Security-Policy', syndicatedPolicy(site, `sha256-${hash}`));
  return html;
}
