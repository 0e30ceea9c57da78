import type { Entry, Person } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { Urls } from '../site/urls.ts';
import { excerpt } from './excerpt.ts';

/** What other sites show of a page when its address is shared (Open Graph). */
export interface Preview {
  readonly type: 'article' | 'profile';
  readonly title: string;
  /** One line of plain text. */
  readonly description: string;
  /** Null if the person has only a generated picture. */
  readonly imageUrl: string | null;
  /** The page's canonical address as a path of the site, whatever the request's spelling. */
  readonly path: string;
}

/** Characters: about as many as search engines and cards show of a description. */
const DESCRIPTION_LENGTH = 200;

/** A person's page as other sites show it. */
export function profilePreview(urls: Urls, ctx: HostContext, user: Person): Preview {
  const { nickname, aboutMe } = user;
  return {
    type: 'profile',
    title: nickname,
    description: oneLine(aboutMe) || ctx.state.translate('profile.description', { nickname }),
    imageUrl: externalPicture(urls.onePicture(user)),
    path: urls.profile(user),
  };
}

/** A post's page as other sites show it. */
export function postPreview(urls: Urls, ctx: HostContext, found: Entry): Preview {
  const { post, author } = found;
  return {
    type: 'article',
    title: ctx.state.translate('post.title', { nickname: author.nickname }),
    description: oneLine(post.body),
    imageUrl: externalPicture(urls.onePicture(author)),
    path: urls.post(post),
  };
}

function oneLine(text: string): string {
  return excerpt(text.replace(/\s+/g, ' ').trim(), DESCRIPTION_LENGTH);
}

/** Generated pictures are SVG, which no site accepts for a card. */
function externalPicture(url: string): string | null {
  return URL.canParse(url) ? url : null;
}
