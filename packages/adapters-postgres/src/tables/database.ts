import type { Models } from './models.ts';

/** What repositories work with: runs statements, and turns what they throw into core errors. */
export interface Database {
  read<Result>(work: (models: Models) => PromiseLike<Result>): Promise<Result>;
  /** As `read`, for statements that change something. */
  write<Result>(work: (models: Models) => PromiseLike<Result>): Promise<Result>;
}
