import type { HotRow, HotStatement, HotValue } from '../connection/hot-statement.ts';
import type { Models } from './models.ts';

/** Runs the statements of repositories. Converts their errors to core errors. */
export interface Database {
  read<Result>(work: (models: Models) => PromiseLike<Result>): Promise<Result>;
  /** As `read`, for statements that change something. */
  write<Result>(work: (models: Models) => PromiseLike<Result>): Promise<Result>;
  /** Runs a hot statement and returns its rows. */
  run<Values extends readonly HotValue[], Row extends HotRow>(
    statement: HotStatement<Values, Row>,
    values: Values,
  ): Promise<readonly Row[]>;
}
