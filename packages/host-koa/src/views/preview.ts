import type { Person, PostWithAuthor } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { Urls } from '../site/urls.ts';
import { excerpt } from './excerpt.ts';

/** What other sites show of a page when somebody hands on its address (Open Graph). */
export interface Preview {
  readonly type: 'article' | 'profile';
  readonly title: string;
  /** One line of plain text. */
  readonly description: string;
  /** Null where there is no picture but a generated one. */
  readonly imageUrl: string | null;
  /** The page's own address as a path of the site, however it was spelt in the request. */
  readonly path: string;
}

/** Characters: what search engines and cards show of a description, about. */
const DESCRIPTION_LENGTH = 200;

/** A person's page as other sites show it. */
export function profilePreview(urls: Urls, ctx: HostContext, user: Person): Preview {
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
export function postPreview(urls: Urls, ctx: HostContext, found: PostWithAuthor): Preview {
  const { post, author } = found;
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
