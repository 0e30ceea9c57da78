import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { archiveInvalid, countAll, type DecodedArchive, decodeArchive } from '@microblog/core';
import type { CommandFiles, OpenFile } from '@microblog/host-koa/composition';
import { systemFault } from '../local/system-fault.ts';
import { decodeTrailer, TRAILER_SIZE, type Trailer } from './archive-trailer.ts';

/** An archive that can be read several times. */
export interface ArchiveSource extends OpenFile, AsyncDisposable {}

/** The number of bytes read at once. */
const PIECE = 256 * 1024;

/**
 * Opens an archive; `-` is standard input.
 * @throws {Error} in one line if `path` is not a file, or may not be read.
 */
export async function openArchive(files: CommandFiles, path: string): Promise<ArchiveSource> {
  try {
    const file = await files.open(path);
    return { ...file, [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    throw systemFault(error, `Can't read ${path}`, 'Choose an archive that "microblog backup" wrote.');
  }
}

/**
 * Reads the whole file and checks every byte and every record of it. Writes nothing.
 * @throws {MicroblogError} `archive_invalid`, `archive_unsupported`.
 */
export async function verifyArchive(
  source: ArchiveSource,
  progress: { onStart(total: number): void; onRecords(count: number): void },
): Promise<Trailer & { readonly createdAt: Date }> {
  const trailer = await verifyChecksum(source);
  const content = await readContent(source);
  progress.onStart(countAll(content.counts));
  for await (const { records } of content.batches()) progress.onRecords(records.length);
  return { ...trailer, counts: content.counts, createdAt: content.createdAt };
}

/** The content of an archive. Call it again to read it again. */
export async function readContent(source: ArchiveSource): Promise<DecodedArchive> {
  const text = createGunzip();
  const flowing = pipeline(Readable.from(contentOf(source)), text);
  flowing.catch(() => {}); // The reader of `text` gets the same error.
  return decodeArchive(withoutZlibErrors(text));
}

/**
 * Reads only the trailer.
 * @throws {MicroblogError} `archive_invalid` if the file has none.
 */
export async function readTrailer(source: ArchiveSource): Promise<Trailer> {
  const { size } = source;
  const trailer =
    size > TRAILER_SIZE ? decodeTrailer(await readFully(source, size - TRAILER_SIZE, TRAILER_SIZE)) : null;
  if (trailer === null) throw archiveInvalid(DAMAGED);
  return trailer;
}

const DAMAGED = 'It was cut off or altered: its checksum is not that of its content.';

async function verifyChecksum(source: ArchiveSource): Promise<Trailer> {
  if (source.size === 0) throw archiveInvalid('It is empty.');
  const magic = await readFully(source, 0, 2);
  if (magic.toString('hex') !== '1f8b') throw archiveInvalid('It is not an archive of a microblog.');
  const trailer = await readTrailer(source);
  const hash = createHash('sha256');
  for await (const piece of contentOf(source)) hash.update(piece);
  if (hash.digest('hex') !== trailer.sha256) throw archiveInvalid(DAMAGED);
  return trailer;
}

/** Everything before the trailer. */
async function* contentOf(source: ArchiveSource): AsyncGenerator<Uint8Array> {
  const end = source.size - TRAILER_SIZE;
  for (let position = 0; position < end; ) {
    const piece = await source.read(position, Math.min(PIECE, end - position));
    if (piece.length === 0) throw archiveInvalid(DAMAGED);
    yield piece;
    position += piece.length;
  }
}

/** Reads `length` bytes; fewer only at the end of the file. */
async function readFully(source: ArchiveSource, position: number, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let missing = length; missing > 0; ) {
    const piece = await source.read(position + length - missing, missing);
    if (piece.length === 0) break;
    pieces.push(piece);
    missing -= piece.length;
  }
  return Buffer.concat(pieces);
}

async function* withoutZlibErrors(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* text;
  } catch (error) {
    throw archiveInvalid('It cannot be decompressed.', error);
  }
}
