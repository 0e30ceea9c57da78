import { readBounded } from './read-bounded.ts';

/** The part of `fetch` that calls to other services use. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** An answer that is larger than its limit, or that is not HTTP. */
export class InvalidAnswer extends Error {
  override readonly name = 'InvalidAnswer';
  /** One word for the log. */
  readonly code: 'too_large' | 'unknown_status';

  constructor(code: InvalidAnswer['code']) {
    super(`The answer of another service cannot be used: ${code}.`);
    this.code = code;
  }
}

/**
 * A `fetch` that reads the whole answer, at most `limit` bytes after decompression, before it returns. So the signal of
 * the call also bounds the time of the body.
 * @throws {InvalidAnswer} for a larger body, and for a status that HTTP does not have.
 */
export function boundedFetch(fetch: Fetch, limit: number): Fetch {
  return async (url, options) => {
    const response = await fetch(url, options);
    const { status, statusText, headers } = response;
    if (status < 200 || status > 599) throw new InvalidAnswer('unknown_status');
    const text = await readBounded(response, limit);
    if (text === null) throw new InvalidAnswer('too_large');
    return new Response(text === '' ? null : text, { status, statusText, headers });
  };
}
