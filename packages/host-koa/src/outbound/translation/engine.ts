import { type ErrorDetails, type Logger, MicroblogError } from '@microblog/core';
import { readBounded } from './read-bounded.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** What an engine answered. */
export interface EngineAnswer {
  readonly status: number;
  /** What its body says as JSON; undefined where it is none. */
  readonly json: unknown;
}

export interface EngineOptions {
  /** As readers and the log name it. */
  readonly name: string;
  readonly logger: Logger;
  /** Milliseconds for a request with its repetition; 5,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** What to look at where the engine refuses. */
  readonly remedy: string;
}

export interface EngineRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An engine over HTTP, asked so that nobody waits for long, and so that it is left alone where it wants that. */
export interface Engine {
  /**
   * Posts JSON, once more where the connection broke at once. Answers of 2xx and 400 are the caller's to read.
   * @throws {MicroblogError} `translation_busy`, `translation_unavailable`, `translation_failed`.
   */
  post(request: EngineRequest): Promise<EngineAnswer>;
  /** The error for an answer that makes no sense, which is logged. `reason` tells nothing that is secret. */
  broken(reason: string): MicroblogError;
  /** The error for a refusal, which is logged once until the engine lets us in again. */
  refused(reason: string): MicroblogError;
}

const TIMEOUT_MS = 5_000;
/** A connection that breaks later was most likely doing something. */
const REPEAT_WITHIN_MS = 1_000;
/** How long an engine that is down is left alone, so that readers are told at once. */
const PAUSE_SECONDS = 30;
/** An answer holds a post of at most 20,000 characters, each of which JSON may spell with twelve bytes. */
const MAX_ANSWER_BYTES = 1_000_000;

type Pause = { readonly until: number; readonly error: (seconds: number) => MicroblogError };

// Why: docs/decisions/0046-failing-translation-engine.md
export function engine({ name, logger, timeoutMs = TIMEOUT_MS, remedy }: EngineOptions): Engine {
  let pause: Pause | null = null;
  let isRefused = false;

  const unavailable = (seconds?: number) =>
    new MicroblogError('translation_unavailable', `${name} can’t be reached.`, {
      details: seconds === undefined ? {} : { retryAfterSeconds: seconds },
    });
  const busy = (seconds: number) =>
    new MicroblogError('translation_busy', `${name} wants a pause.`, {
      details: { retryAfterSeconds: seconds },
    });

  function restFor(seconds: number, error: Pause['error'], details: ErrorDetails): MicroblogError {
    pause = { until: performance.now() + seconds * 1000, error };
    logger.warn({ translator: name, ...details, pauseSeconds: seconds }, 'the translator is left alone');
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
        // A key is for the address that it was given with.
        redirect: 'manual',
        signal,
      });
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || performance.now() - begun > REPEAT_WITHIN_MS) throw error;
      return attempt();
    }
  }

  /** `undefined` where the body is no JSON. */
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
        throw restFor(PAUSE_SECONDS, unavailable, { reason: reasonOf(error) });
      }
      if (status === 429) throw restFor(retryAfterSeconds(headers), busy, { reason: 'HTTP 429' });
      if (status === 401 || status === 403) throw self.refused(`HTTP ${status} ${codeIn(json)}`.trim());
      if (status >= 502 && status <= 504) {
        throw restFor(PAUSE_SECONDS, unavailable, { reason: `HTTP ${status}` });
      }
      if (status >= 500) {
        logger.warn({ translator: name, reason: `HTTP ${status}` }, 'the translator failed');
        throw unavailable();
      }
      if (status !== 400 && (status < 200 || status > 299)) throw self.broken(`HTTP ${status}`);
      if (status !== 400) isRefused = false;
      return { status, json };
    },

    broken(reason) {
      logger.error({ translator: name, reason, remedy }, 'the translator’s answer makes no sense');
      return new MicroblogError('translation_failed', `The answer of ${name} makes no sense: ${reason}.`, {
        details: { reason },
      });
    },

    refused(reason) {
      if (!isRefused) {
        logger.error({ translator: name, reason, remedy }, 'the translator refuses this site');
      }
      isRefused = true;
      return new MicroblogError('translation_failed', `${name} refuses: ${reason}. ${remedy}`, {
        details: { reason, remedy },
      });
    },
  };
  return self;
}

/** Names and codes alone: messages may repeat what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : error.name;
}

/** The number that some engines put beside the status, and nothing of their words. */
function codeIn(json: unknown): string {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'number' ? `(${code})` : '';
}
