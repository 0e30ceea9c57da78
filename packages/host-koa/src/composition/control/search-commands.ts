import type { IncomingMessage, ServerResponse } from 'node:http';
import { MicroblogError } from '@microblog/core';
import { faultOf, respond } from './control-answers.ts';
import type { ControlNeeds } from './control-needs.ts';
import { type Reindexed, type ReindexProgress, reindex } from './reindex.ts';

/** A line of the answer to a reindex: how far it is, and at last what was done or why it ended. */
export type ReindexLine =
  | { readonly progress: ReindexProgress }
  | { readonly reindexed: Reindexed }
  | { readonly fault: ReturnType<typeof faultOf> };

export async function tellSearchStatus(
  { search }: ControlNeeds,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireIndex(search);
  respond(response, 200, { ...(await search.status()), lag: await search.lag() });
}

/** Goes on for as long as somebody listens; what is done stays done. */
export async function fillSearchIndex(
  { storage, search, logger }: ControlNeeds,
  _request: IncomingMessage,
  response: ServerResponse,
  options: URLSearchParams,
): Promise<void> {
  requireIndex(search);
  const left = new AbortController();
  response.once('close', () => left.abort());
  const write = (line: ReindexLine) => response.write(`${JSON.stringify(line)}\n`);
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  try {
    const reindexed = await reindex(
      { storage, search },
      {
        restart: options.has('restart'),
        signal: left.signal,
        onProgress: (progress) => write({ progress }),
      },
    );
    if (left.signal.aborted) return logger.info({ posts: reindexed.done }, 'reindexing was interrupted');
    logger.info({ posts: reindexed.done }, 'the search index was filled by a command');
    write({ reindexed });
  } catch (error) {
    logger.warn({ err: error }, 'a command through the control socket failed');
    write({ fault: faultOf(error) });
  }
  response.end();
}

/** The process that serves may have been started with other settings than the command. */
function requireIndex({ enabled }: ControlNeeds['search']): void {
  if (!enabled) throw new MicroblogError('search_off', 'The process that serves has search switched off.');
}
