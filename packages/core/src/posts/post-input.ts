import { z } from 'zod';
import { textSchema } from '../kernel/input.ts';

/** The schema of a post that is to be published. `maxLength` is in graphemes. */
export function postInputSchema(maxLength: number) {
  return z.object({ body: textSchema({ min: 1, max: maxLength }) });
}

/** The input of `publish`. */
export type PostInput = z.input<ReturnType<typeof postInputSchema>>;
