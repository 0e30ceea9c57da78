/** How much the database of a run holds. */
export interface SeedSize {
  readonly people: number;
  readonly posts: number;
  /** How many people each person follows. */
  readonly follows: number;
}

/** The size at which pages are compared with the floor. */
export const usualSize: SeedSize = { people: 2_000, posts: 200_000, follows: 50 };

/** Readers who follow many people; they post nothing. Sizes with fewer people have none of those who follow more. */
export const busyReaders = { follows: [500, 2_000], perKind: 20 } as const;
