import type { Person } from '@microblog/core';
import type { GravatarSize } from '../site/gravatar.ts';
import type { Urls } from '../site/urls.ts';
import type { PictureView } from './people-and-posts.ts';

export function pictureView(
  urls: Urls,
  user: Pick<Person, 'id' | 'avatarUrl' | 'emailHash'>,
  size: GravatarSize = 96,
): PictureView {
  return { avatarUrl: urls.avatar(user), gravatarUrl: urls.gravatar(user, size) };
}
