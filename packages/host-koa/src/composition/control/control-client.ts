import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { MicroblogError, type SearchIndexStatus, type SearchService } from '@microblog/core';
import { controlSocketPath } from './control-socket-path.ts';
import type { Reindexed, ReindexOptions } from './reindex.ts';
import type { ReindexLine } from './search-commands.ts';

/** The process that serves an embedded database, as another process sees it. */
export interface ControlClient {
  /** The lines of an archive of everything. Ends in an error where the other process ends. */
  readArchive(): Promise<AsyncIterable<Uint8Array>>;
  /** Stores the lines of an archive, all or nothing. @throws {MicroblogError} as `ArchiveStorage.load`. */
  writeArchive(lines: AsyncIterable<string>, options: { replace: boolean }): Promise<void>;
  searchStatus(): Promise<ServedSearchStatus>;
  /** Has the search index filled, for as long as this process lives. @throws {MicroblogError} as `SearchService.fill`. */
  reindex(options: Omit<ReindexOptions, 'signal'>): Promise<Reindexed>;
}

/** The search index of the process that serves. */
export interface ServedSearchStatus extends SearchIndexStatus {
  readonly lag: Awaited<ReturnType<SearchService['lag']>>;
}

/** Calls whoever serves the embedded database in `dataDirectory`. Connects when it is called, not before. */
export function controlClient(dataDirectory: string): ControlClient {
  const send = (method: 'GET' | 'PUT' | 'POST', path: string): ClientRequest => {
    const socketPath = controlSocketPath(dataDirectory);
    if (socketPath === null) throw unreachable(dataDirectory);
    // A connection of its own: one that is kept from before may belong to a process that has ended.
    return request({ socketPath, method, path, agent: false });
  };
  return {
    async readArchive() {
      const sent = send('GET', '/archive').end();
      return untilCut(await responseTo(sent, dataDirectory), dataDirectory);
    },
    async writeArchive(lines, { replace }) {
      const sent = send('PUT', replace ? '/archive?replace' : '/archive');
      const answered = responseTo(sent, dataDirectory);
      let thrown: { readonly error: unknown } | undefined;
      const noted = noting(lines, (error) => {
        thrown = { error };
      });
      const [response] = await Promise.allSettled([answered, pipeline(Readable.from(noted), sent)]);
      // What the lines threw comes first: it is why the connection broke.
      if (thrown !== undefined) throw thrown.error;
      if (response.status === 'rejected') throw response.reason;
      response.value.resume();
    },
    async searchStatus() {
      const response = await responseTo(send('GET', '/search').end(), dataDirectory);
      return (await json(response)) as ServedSearchStatus;
    },
    async reindex({ restart = false, onProgress = () => {} }) {
      const sent = send('POST', restart ? '/search?restart' : '/search').end();
      const answer = untilCut(await responseTo(sent, dataDirectory), dataDirectory);
      for await (const line of linesOf(answer)) {
        const told = JSON.parse(line) as ReindexLine;
        if ('progress' in told) onProgress(told.progress);
        else if ('reindexed' in told) return told.reindexed;
        else throw new MicroblogError(told.fault.code ?? 'storage_failed', told.fault.message);
      }
      throw unreachable(dataDirectory);
    },
  };
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** @throws {MicroblogError} what the other process answered, or `storage_locked` where nobody answers. */
async function responseTo(sent: ClientRequest, dataDirectory: string): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.on('error', () => reject(unreachable(dataDirectory)));
  });
  if (response.statusCode === 200) return response;
  const { code = 'storage_failed', message } = (await json(response)) as { code?: string; message: string };
  throw new MicroblogError(code, message);
}

/** Tells what `lines` throws itself, and not what a stream throws into whoever feeds it. */
async function* noting(
  lines: AsyncIterable<string>,
  onThrow: (error: unknown) => void,
): AsyncGenerator<string> {
  const iterator = lines[Symbol.asyncIterator]();
  const next = () =>
    iterator.next().catch((error: unknown) => {
      onThrow(error);
      throw error;
    });
  try {
    for (let step = await next(); !step.done; step = await next()) yield step.value;
  } finally {
    await iterator.return?.();
  }
}

async function* untilCut(response: IncomingMessage, dataDirectory: string): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch {
    throw unreachable(dataDirectory);
  }
}

function unreachable(dataDirectory: string): MicroblogError<'storage_locked'> {
  return new MicroblogError(
    'storage_locked',
    `The process that uses the database in ${dataDirectory} takes no commands, or has just ended. Try again, or stop it first.`,
  );
}
