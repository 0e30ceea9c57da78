import type { Page, RelatedUser } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { answerForm } from '../../http/forms/form-answer.ts';
import type { Host } from '../../http/host.ts';
import { isBeyondNewest, pageQuery } from '../../http/page-query.ts';
import { seeOther } from '../../http/redirects.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { pageLinks } from '../../views/page-links.ts';
import { personCard, profileView } from '../../views/person-view.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { profilePreview } from '../../views/preview.ts';
import { tally, tallyName } from '../../views/tallies.ts';
import { renderPage } from '../layout/page.ts';

export function peopleRoutes(host: Host) {
  const { microblog, urls } = host;
  const { users, follows, timelines } = microblog;

  /** The head of a person's pages, in two reads. */
  async function person(ctx: HostContext) {
    const { viewer } = ctx.state;
    const user = await users.show(viewer, ctx.params.nickname);
    const relationship = await follows.relationship(viewer, user.id);
    const place = viewer?.id === user.id ? ('profile' as const) : ('' as const);
    return { user, profile: profileView(host, ctx, user, relationship), place };
  }

  async function people(ctx: HostContext, which: 'followers' | 'following'): Promise<void> {
    const { user, profile, place } = await person(ctx);
    const page: Page<RelatedUser> = await follows[which](ctx.state.viewer, user, pageQuery(ctx));
    if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.profile(user, which));
    const cards = page.items.map((related) => personCard(host, ctx, related));
    const links = pageLinks(ctx, page, urls.profile(user, which));
    await renderPage(host, ctx, 'people.njk', { person: profile, which, people: cards, ...links }, { place });
  }

  const change = (name: 'follow' | 'unfollow') => ({
    async submit(ctx: HostContext, form: Form): Promise<void> {
      const { viewer, translate } = ctx.state;
      const { user, changed } = await follows[name](viewer, ctx.params.nickname);
      const following = name === 'follow';
      // Both were read before the change.
      const step = changed ? (following ? 1 : -1) : 0;
      const tallies = {
        [tallyName(user, 'followers')]: tally(translate, 'followers', user.followerCount + step),
        ...(viewer === null
          ? {}
          : {
              [tallyName(viewer, 'following')]: tally(translate, 'following', viewer.followingCount + step),
            }),
      };
      answerForm(host, ctx, {
        flash: changed ? (following ? 'followed' : 'unfollowed') : null,
        nickname: user.nickname,
        to: form.text('next') === '' ? urls.profile(user) : urls.within(form.text('next')),
        data: { following, tallies },
      });
    },
  });

  return {
    async profile(ctx: HostContext): Promise<void> {
      const { user, profile, place } = await person(ctx);
      const page = await timelines.ofAuthor(ctx.state.viewer, user, pageQuery(ctx));
      if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.profile(user));
      const timeline = pagedPosts(host, ctx, page, urls.profile(user));
      await renderPage(
        host,
        ctx,
        'profile.njk',
        { person: profile, timeline },
        { place, alternates: feedAlternates(host, ctx, user), preview: profilePreview(host, ctx, user) },
      );
    },
    followers: (ctx: HostContext) => people(ctx, 'followers'),
    following: (ctx: HostContext) => people(ctx, 'following'),
    follow: change('follow'),
    unfollow: change('unfollow'),
  };
}
