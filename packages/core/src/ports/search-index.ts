import type { PostId } from '../ids.ts';
import type { Page, PageRequest } from '../page.ts';

/**
 * Finds posts by words. It returns ids only: core loads the posts and applies the rules, so that no
 * engine can show a post that its reader may not see.
 */
export interface SearchIndex {
  /** False where search is off: nothing is asked then, and hosts show no search box. */
  readonly enabled: boolean;
  /**
   * Posts that hold every word of `text`, newest first, in pages as everywhere. Ids of posts that were
   * deleted since may be among them.
   */
  search(text: string, page: PageRequest): Promise<Page<{ readonly id: PostId }>>;
}

/** Search switched off: finds nothing, keeps nothing. */
export const searchOff: SearchIndex = {
  enabled: false,
  search: async () => ({ items: [], next: null, previous: null }),
};
