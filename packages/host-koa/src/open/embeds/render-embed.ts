import { createHash } from 'node:crypto';
import type { HostContext } from '../../http/context.ts';
import type { ViewHost } from '../../http/host.ts';
import { parameter } from '../../http/page-query.ts';
import type { AuthorView, PostView } from '../../views/people-and-posts.ts';
import { renderText } from '../answers.ts';
import { syndicatedPolicy } from '../syndicated.ts';

export interface EmbedPage {
  readonly title: string;
  /** The person whose posts these are; null if each post shows its author. */
  readonly head: (AuthorView & { readonly aboutMeHtml: string }) | null;
  readonly posts: readonly PostView[];
  /** True for one whole post, false for a list. */
  readonly full: boolean;
  /** The text shown if there are no posts. */
  readonly note: { readonly title: string; readonly text: string };
  readonly more: { readonly text: string; readonly url: string };
}

/** A self-contained page: its style is inline, and it loads nothing but pictures. */
export async function renderEmbed(host: ViewHost, ctx: HostContext, page: EmbedPage): Promise<string> {
  const { site } = host;
  const { urls, assets, translations, look } = site;
  const { lang, translate: t } = ctx.state;
  const theme = parameter(ctx, 'theme');
  const html = await renderText(host, ctx, 'embeds/embed.njk', {
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
