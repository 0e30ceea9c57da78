import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type ArchiveCounts, countAll, parseHeader } from '@microblog/core';
import { encodeTrailer, type Trailer } from './archive-trailer.ts';

export interface WrittenArchive extends Trailer {
  readonly createdAt: Date;
  /** Size of the file. */
  readonly bytes: number;
}

export interface WriteOptions {
  /** Stops the writing; the promise then rejects. */
  readonly signal: AbortSignal;
  /** Leaves the sink open at the end, as standard output needs. Default: false. */
  readonly keepOpen?: boolean;
  onStart(total: number): void;
  onRecords(count: number): void;
}

/** Writes the lines of an archive as a compressed file with a trailer, one chunk at a time. */
export async function writeArchive(
  lines: AsyncIterable<string | Uint8Array>,
  sink: NodeJS.WritableStream,
  { signal, keepOpen = false, onStart, onRecords }: WriteOptions,
): Promise<WrittenArchive> {
  let head: { counts: ArchiveCounts; createdAt: Date } | undefined;
  let trailer: Trailer | undefined;
  let bytes = 0;

  /** Passes all chunks on, and counts the lines. */
  async function* watch() {
    let start = '';
    // The header is a line, but not a record.
    let records = -1;
    for await (const chunk of lines) {
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (head === undefined) {
        start += Buffer.from(buffer).toString();
        const [first, rest] = start.split('\n', 2);
        if (rest !== undefined) {
          head = parseHeader(first ?? '');
          onStart(countAll(head.counts));
        }
      }
      const before = Math.max(0, records);
      records += countLineFeeds(buffer);
      onRecords(Math.max(0, records) - before);
      yield buffer;
    }
    if (head === undefined || records !== countAll(head.counts)) {
      throw new Error('The archive is incomplete. Try again.');
    }
  }

  async function* seal(compressed: AsyncIterable<Buffer>) {
    const hash = createHash('sha256');
    for await (const chunk of compressed) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    if (head === undefined) return;
    trailer = { counts: head.counts, sha256: hash.digest('hex') };
    const ending = encodeTrailer(trailer);
    bytes += ending.length;
    yield ending;
  }

  await pipeline(Readable.from(watch()), createGzip(), seal, sink, { signal, end: !keepOpen });
  if (head === undefined || trailer === undefined) throw new Error('The archive was not written completely.');
  return { ...trailer, createdAt: head.createdAt, bytes };
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
