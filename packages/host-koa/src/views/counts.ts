import type { Person } from '@microblog/core';
import type { Translate } from '../i18n/translations.ts';

type Counted = 'posts' | 'followers' | 'following';

/** A number of a person's posts, followers or followed people, as pages write it. */
export interface Count {
  readonly number: string;
  /** The word beside the number. */
  readonly label: string;
  /** Number and word in one sentence. Absent if no page has such a sentence. */
  readonly text?: string;
}

/** Counts by key. */
export type Counts = Readonly<Record<string, Count>>;

/** The name of a count in pages, `data-count`: a script finds by it the places that show the count. */
export function countKey({ nickname }: Pick<Person, 'nickname'>, counted: Counted): string {
  return `${nickname} ${counted}`;
}

export function personCount(t: Translate, counted: Counted, count: number): Count {
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
