import { z } from 'zod';
import { textSchema } from '../kernel/input.ts';

/** What publishing takes. `maxLength` is in graphemes. */
export function postInputSchema(maxLength: number) {
  return z.object({ body: textSchema({ min: 1, max: maxLength }) });
}

/** What a post is published from. */
export type PostInput = z.input<ReturnType<typeof postInputSchema>>;
