import type { Post, PostWithAuthor, User } from '@microblog/core';
import type { HostContext } from '../context.ts';
import type { Host } from '../host.ts';
import { excerpt } from './excerpt.ts';
import type { Preview } from './page-state.ts';

/** Characters: what search engines and cards show of a description, about. */
const DESCRIPTION_LENGTH = 200;

type PreviewHost = Pick<Host, 'urls'>;

/** A person's page as other sites show it. */
export function profilePreview({ urls }: PreviewHost, ctx: HostContext, user: User): Preview {
  const { nickname, aboutMe } = user;
  return {
    type: 'profile',
    title: nickname,
    description: oneLine(aboutMe) || ctx.state.translate('profile.description', { nickname }),
    imageUrl: pictureElsewhere(urls.onePicture(user)),
    path: urls.profile(user),
  };
}

/** A post's page as other sites show it. */
export function postPreview({ urls }: PreviewHost, ctx: HostContext, found: PostWithAuthor): Preview {
  const { post, author }: { post: Post; author: User } = found;
  return {
    type: 'article',
    title: ctx.state.translate('post.title', { nickname: author.nickname }),
    description: oneLine(post.body),
    imageUrl: pictureElsewhere(urls.onePicture(author)),
    path: urls.post(post),
  };
}

function oneLine(text: string): string {
  return excerpt(text.replace(/\s+/g, ' ').trim(), DESCRIPTION_LENGTH);
}

/** Generated pictures are SVG, which no site takes for a card. */
function pictureElsewhere(url: string): string | null {
  return URL.canParse(url) ? url : null;
}
