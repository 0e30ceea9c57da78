import type { User } from '@microblog/core';
import type { Translate } from '../i18n/translations.ts';

type Counted = 'posts' | 'followers' | 'following';

/** A count of somebody's, as pages write it. */
export interface Tally {
  readonly number: string;
  /** The word beside it. */
  readonly label: string;
  /** Both in one sentence, where pages have one. */
  readonly text?: string;
}

/** How a page names a count of somebody's, so that a script finds it when it changes: `data-tally`. */
export function tallyName({ nickname }: Pick<User, 'nickname'>, counted: Counted): string {
  return `${nickname} ${counted}`;
}

export function tally(t: Translate, counted: Counted, count: number): Tally {
  const number = t('number', { value: count });
  switch (counted) {
    case 'posts':
      return { number, label: t('profile.posts', { count }) };
    case 'following':
      return { number, label: t('profile.following', { count }) };
    case 'followers':
      return {
        number,
        label: t('profile.followers', { count }),
        text: t('people.follower_count', { count }),
      };
  }
}
