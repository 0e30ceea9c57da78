import { mayRead, type Person, type RelatedUser, type Relationship, readerOf } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import { avatarHue } from '../site/generated-avatar.ts';
import type { Urls } from '../site/urls.ts';
import { moment } from './moments.ts';
import type { PersonCard, Profile } from './people-and-posts.ts';
import { pictureView } from './picture-view.ts';
import { postHtml } from './post-text.ts';

export function personCard(urls: Urls, ctx: HostContext, related: RelatedUser): PersonCard {
  const { user, relationship } = related;
  return {
    nickname: user.nickname,
    aboutMe: user.aboutMe,
    // One paragraph in lists.
    aboutMeHtml: postHtml(user.aboutMe.replaceAll('\n', ' ')),
    ...pictureView(urls, user),
    profileUrl: urls.profile(user),
    followerCount: user.followerCount,
    relationship: ctx.state.viewer === null ? null : relationship,
    isViewer: ctx.state.viewer?.id === user.id,
  };
}

export function profileView(urls: Urls, ctx: HostContext, user: Person, relationship: Relationship): Profile {
  const { viewer, lang } = ctx.state;
  const isViewer = viewer?.id === user.id;
  const readable = mayRead(readerOf(viewer), user);
  const mayToggle = viewer !== null && !isViewer && (readable || relationship.following);
  return {
    nickname: user.nickname,
    aboutMe: user.aboutMe,
    aboutMeHtml: postHtml(user.aboutMe),
    ...pictureView(urls, user, 192),
    profileUrl: urls.profile(user),
    hue: avatarHue(user.id),
    suspended: user.suspended,
    readable,
    joined: moment(user.createdAt, lang),
    lastSeen: user.lastSeenAt === null || !readable ? null : moment(user.lastSeenAt, lang),
    counts: { posts: user.postCount, followers: user.followerCount, following: user.followingCount },
    isViewer,
    relationship: mayToggle ? relationship : null,
    editUrl: isViewer ? urls.to('/edit') : null,
  };
}
