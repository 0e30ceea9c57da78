import type { z } from 'zod';
import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';
import { parseInput } from '../kernel/input.ts';
import type { JobHandler, JobPayload } from '../ports/job-queue.ts';

/**
 * A handler that is called only with a valid payload. Another release may have written the payload, since jobs wait in
 * the queue while the code changes. Fields that `schema` does not name are left out.
 *
 * An invalid payload stays invalid, so the queue gives the job up at the first attempt: see `mayTryAgain`.
 */
export function checkedHandler<Payload>(
  job: string,
  schema: z.ZodType<Payload>,
  run: (payload: Payload) => Promise<void>,
): JobHandler {
  return async (payload) => run(parsePayload(job, schema, payload));
}

/** @throws {MicroblogError} `invalid_input`, with the job, its invalid fields, and `details.retry` false. */
function parsePayload<Payload>(job: string, schema: z.ZodType<Payload>, payload: JobPayload): Payload {
  try {
    return parseInput(schema, payload);
  } catch (error) {
    if (!isMicroblogError(error, 'invalid_input')) throw error;
    const { fields = [] } = error.details;
    const list = fields.map(({ field, problem }) => `${field}: ${problem}`).join(', ');
    throw new MicroblogError(
      'invalid_input',
      `The job "${job}" has an invalid payload (${list}). Another release of the microblog may have enqueued it.`,
      { details: { job, fields, retry: false }, cause: error },
    );
  }
}
