import { type ErrorDetails, type Logger, MicroblogError } from '@microblog/core';
import type { Fetch } from '../http/bounded-fetch.ts';
import { outgoingFetch } from '../http/outgoing-fetch.ts';
import { readBounded } from '../http/read-bounded.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** The response of an engine. */
export interface EngineAnswer {
  readonly status: number;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
}

export interface EngineOptions {
  /** The name that readers and the log see. */
  readonly name: string;
  readonly logger: Logger;
  /** Milliseconds for a request including its retry. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
  /** What the operator should check if the engine refuses. */
  readonly remedy: string;
  /** Makes the calls. Default: directly, without a proxy. */
  readonly fetch?: Fetch | undefined;
}

export interface EngineRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A translation engine over HTTP. Readers never wait for long, and a failing or busy engine gets a pause. */
export interface Engine {
  /**
   * Posts JSON; retries once if the connection broke at once. Returns responses with 2xx and 400 to the caller.
   * @throws {MicroblogError} `translation_busy`, `translation_unavailable`, `translation_failed`.
   */
  post(request: EngineRequest): Promise<EngineAnswer>;
  /** Logs an invalid response and returns the error for it. `reason` must not contain secrets. */
  broken(reason: string): MicroblogError;
  /** Logs a refusal, once until the engine accepts a request again, and returns the error for it. */
  refused(reason: string): MicroblogError;
}

const TIMEOUT_MS = 5_000;
/** A connection that breaks later has probably begun the work: no retry. */
const RETRY_WITHIN_MS = 1_000;
/** Pause after a failure; meanwhile readers get the error at once. */
const PAUSE_SECONDS = 30;
/** A response holds a post of at most 20,000 characters; JSON may use twelve bytes for each. */
const MAX_ANSWER_BYTES = 1_000_000;

type Pause = { readonly until: number; readonly error: (seconds: number) => MicroblogError };

// Why: docs/decisions/0046-failing-translation-engine.md
export function engine({
  name,
  logger,
  timeoutMs = TIMEOUT_MS,
  remedy,
  fetch = outgoingFetch(),
}: EngineOptions): Engine {
  let pause: Pause | null = null;
  let isRefused = false;

  const unavailable = (seconds?: number) =>
    new MicroblogError('translation_unavailable', `${name} can’t be reached.`, {
      details: seconds === undefined ? {} : { retryAfterSeconds: seconds },
    });
  const busy = (seconds: number) =>
    new MicroblogError('translation_busy', `${name} asks for a pause.`, {
      details: { retryAfterSeconds: seconds },
    });

  function pauseFor(seconds: number, error: Pause['error'], details: ErrorDetails): MicroblogError {
    pause = { until: performance.now() + seconds * 1000, error };
    logger.warn({ translator: name, ...details, pauseSeconds: seconds }, 'translator paused after a failure');
    return error(seconds);
  }

  function throwWhilePaused(): void {
    if (pause === null) return;
    const left = pause.until - performance.now();
    if (left > 0) throw pause.error(Math.ceil(left / 1000));
    pause = null;
  }

  async function send({ url, headers = {}, body }: EngineRequest): Promise<Response> {
    const begun = performance.now();
    const signal = AbortSignal.timeout(timeoutMs);
    const attempt = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
        body: JSON.stringify(body),
        // No redirects: the key must go only to the configured address.
        redirect: 'manual',
        signal,
      });
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || performance.now() - begun > RETRY_WITHIN_MS) throw error;
      return attempt();
    }
  }

  /** Returns `undefined` if the body is not JSON. */
  async function jsonOf(response: Response): Promise<unknown> {
    const text = await readBounded(response, MAX_ANSWER_BYTES);
    if (text === null) throw self.broken('an answer of more than a megabyte');
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  const self: Engine = {
    async post(request) {
      throwWhilePaused();
      let status: number;
      let headers: Headers;
      let json: unknown;
      try {
        const response = await send(request);
        ({ status, headers } = response);
        json = await jsonOf(response);
      } catch (error) {
        if (error instanceof MicroblogError) throw error;
        throw pauseFor(PAUSE_SECONDS, unavailable, { reason: reasonOf(error) });
      }
      if (status === 429) throw pauseFor(retryAfterSeconds(headers), busy, { reason: 'HTTP 429' });
      if (status === 401 || status === 403) throw self.refused(`HTTP ${status} ${codeIn(json)}`.trim());
      if (status >= 502 && status <= 504) {
        throw pauseFor(PAUSE_SECONDS, unavailable, { reason: `HTTP ${status}` });
      }
      if (status >= 500) {
        logger.warn({ translator: name, reason: `HTTP ${status}` }, 'translator failed');
        throw unavailable();
      }
      if (status !== 400 && (status < 200 || status > 299)) throw self.broken(`HTTP ${status}`);
      if (status !== 400) isRefused = false;
      return { status, json };
    },

    broken(reason) {
      logger.error({ translator: name, reason, remedy }, 'invalid answer from the translator');
      return new MicroblogError('translation_failed', `Invalid answer from ${name}: ${reason}.`, {
        details: { reason },
      });
    },

    refused(reason) {
      if (!isRefused) {
        logger.error({ translator: name, reason, remedy }, 'translator refuses this site');
      }
      isRefused = true;
      return new MicroblogError('translation_failed', `${name} refuses: ${reason}. ${remedy}`, {
        details: { reason, remedy },
      });
    },
  };
  return self;
}

/** Only names and codes: messages may repeat what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : error.name;
}

/** The number that some engines add to the status, without their text. */
function codeIn(json: unknown): string {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'number' ? `(${code})` : '';
}
