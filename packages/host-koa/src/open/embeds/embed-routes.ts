import { visitor } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { OpenHost } from '../../http/host.ts';
import { parameter } from '../../http/page-query.ts';
import { pictureView } from '../../views/picture-view.ts';
import { postHtml } from '../../views/post-text.ts';
import { postView } from '../../views/post-view.ts';
import { answerShared, type ErrorText, type SyndicatedRoute } from '../answers.ts';
import { isNotModified } from '../not-modified.ts';
import { type EmbedPage, renderEmbed } from './render-embed.ts';

/** Seconds; short, so that a deleted post soon disappears from other sites too. */
const MAX_AGE = 60;
const SCRIPT_MAX_AGE = 3600;

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 50;

/** Posts for the pages of other sites, each as a small page. */
export function embedRoutes(host: OpenHost) {
  const { microblog, site } = host;
  const { urls, assets } = site;
  const { brand } = site.look;
  const { users, posts, timelines } = microblog;

  async function showError(ctx: HostContext, { title, text }: ErrorText): Promise<void> {
    const more = { text: ctx.state.translate('embed.open', { brand }), url: urls.to('/') };
    const note = { title, text };
    ctx.body = await renderEmbed(host, ctx, { title, head: null, posts: [], full: false, note, more });
  }

  const embed = (
    pageOf: (ctx: HostContext) => Promise<Omit<EmbedPage, 'full'> & { full?: boolean }>,
  ): SyndicatedRoute => ({
    showError,
    async show(ctx) {
      const body = await renderEmbed(host, ctx, { full: false, ...(await pageOf(ctx)) });
      answerShared(ctx, { body, type: 'text/html; charset=utf-8', maxAge: MAX_AGE });
    },
  });

  return {
    timeline: embed(async (ctx) => {
      const t = ctx.state.translate;
      const { items } = await timelines.public(visitor, { limit: limitOf(ctx) });
      return {
        title: t('embed.timeline'),
        head: null,
        posts: items.map((item) => postView(host, ctx, item)),
        note: { title: t('explore.empty_title'), text: '' },
        more: { text: t('embed.more', { brand }), url: urls.to('/explore') },
      };
    }),

    user: embed(async (ctx) => {
      const t = ctx.state.translate;
      const user = await users.show(visitor, ctx.params.nickname);
      const { nickname, aboutMe } = user;
      const { items } = await timelines.ofAuthor(visitor, user, { limit: limitOf(ctx) });
      const profileUrl = urls.profile(user);
      return {
        title: t('embed.user', { nickname }),
        head: {
          nickname,
          aboutMeHtml: postHtml(aboutMe.replaceAll('\n', ' ')),
          ...pictureView(urls, user),
          profileUrl,
        },
        posts: items.map((item) => postView(host, ctx, item)),
        note: { title: t('profile.empty_title'), text: t('profile.empty_text', { nickname }) },
        more: { text: t('embed.more_of', { brand }), url: profileUrl },
      };
    }),

    post: embed(async (ctx) => {
      const t = ctx.state.translate;
      const found = await posts.show(visitor, ctx.params.id);
      return {
        title: t('post.title', { nickname: found.author.nickname }),
        head: null,
        posts: [postView(host, ctx, found)],
        full: true,
        note: { title: '', text: '' },
        more: { text: t('embed.read', { brand }), url: urls.post(found.post) },
      };
    }),

    /** The script for `<microblog-timeline>`. Its address never changes, its content may. */
    async script(ctx: HostContext): Promise<void> {
      const file = assets.fileOf('embed.js');
      const asset = await assets.open(file, ctx.get('Accept-Encoding') || undefined);
      if (asset === null) throw new Error(`The asset ${file} is missing.`);
      ctx.vary('Accept-Encoding');
      ctx.set('Cache-Control', `public, max-age=${SCRIPT_MAX_AGE}`);
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
      ctx.set('Access-Control-Allow-Origin', '*');
      ctx.etag = `W/"${file}"`;
      ctx.status = isNotModified(ctx) ? 304 : 200;
      if (ctx.status === 304) return;
      ctx.type = asset.type;
      ctx.length = asset.length;
      if (asset.encoding !== null) ctx.set('Content-Encoding', asset.encoding);
      if (ctx.method !== 'HEAD') ctx.body = asset.content();
    },
  };
}

/** Ignores any value that is not a whole number. */
function limitOf(ctx: HostContext): number {
  const text = parameter(ctx, 'limit') ?? '';
  return /^[1-9][0-9]{0,8}$/.test(text) ? Math.min(Number(text), MAX_LIMIT) : DEFAULT_LIMIT;
}
