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
  return {
    number: t('number', { value: count }),
    label: t(`profile.${counted}`, { count }),
    ...(counted === 'followers' ? { text: t('people.follower_count', { count }) } : {}),
  };
}
