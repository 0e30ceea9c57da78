import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { archiveInvalid, countAll, type DecodedArchive, decodeArchive } from '@microblog/core';
import { decodeTrailer, TRAILER_SIZE, type Trailer } from './archive-trailer.ts';
import { systemFault } from './system-fault.ts';

/** An archive that can be read several times. */
export interface ArchiveSource extends AsyncDisposable {
  readonly file: FileHandle;
  readonly size: number;
}

/** @throws {Error} in one line where there is no such file, or it may not be read. */
export async function openArchive(path: string): Promise<ArchiveSource> {
  try {
    if (!(await stat(path)).isFile()) throw new Error(`${path} is no file. To read from a pipe, name it -.`);
    return await sourceOf(await open(path));
  } catch (error) {
    throw systemFault(error, `Can't read ${path}`, 'Name an archive that "microblog backup" wrote.');
  }
}

/**
 * Sets a stream aside in the system's folder for temporary files: it has to be read twice, once before
 * anything is written. The file has no name any more when this resolves, and is gone with the process.
 */
export async function spoolArchive(stream: NodeJS.ReadableStream): Promise<ArchiveSource> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'microblog-restore-'));
    try {
      const file = await open(join(folder, 'archive'), 'wx+', 0o600);
      for await (const chunk of stream) await file.appendFile(chunk);
      return await sourceOf(file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw systemFault(error, `Can't set the archive aside in ${tmpdir()}`, 'Make room there, or set TMPDIR.');
  }
}

async function sourceOf(file: FileHandle): Promise<ArchiveSource> {
  const { size } = await file.stat();
  return { file, size, [Symbol.asyncDispose]: () => file.close() };
}

/**
 * Reads the whole file and looks at every byte and every record of it. Writes nothing.
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

/** What an archive holds. To be called for each reading. */
export async function readContent({ file, size }: ArchiveSource): Promise<DecodedArchive> {
  const compressed = file.createReadStream({ start: 0, end: size - TRAILER_SIZE - 1, autoClose: false });
  const text = createGunzip();
  const flowing = pipeline(compressed, text);
  flowing.catch(() => {}); // Whoever reads `text` meets the same error.
  return decodeArchive(withoutZlibErrors(text));
}

async function verifyChecksum({ file, size }: ArchiveSource): Promise<Trailer> {
  if (size === 0) throw archiveInvalid('It is empty.');
  const magic = Buffer.alloc(2);
  await file.read(magic, 0, 2, 0);
  if (magic.toString('hex') !== '1f8b') throw archiveInvalid('It is not an archive of a microblog.');
  const damaged = 'It was cut off or altered: its checksum is not that of its content.';
  if (size <= TRAILER_SIZE) throw archiveInvalid(damaged);
  const ending = Buffer.alloc(TRAILER_SIZE);
  await file.read(ending, 0, TRAILER_SIZE, size - TRAILER_SIZE);
  const trailer = decodeTrailer(ending);
  if (trailer === null) throw archiveInvalid(damaged);
  const hash = createHash('sha256');
  const content = file.createReadStream({ start: 0, end: size - TRAILER_SIZE - 1, autoClose: false });
  for await (const chunk of content) hash.update(chunk);
  if (hash.digest('hex') !== trailer.sha256) throw archiveInvalid(damaged);
  return trailer;
}

async function* withoutZlibErrors(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* text;
  } catch (error) {
    throw archiveInvalid('It can not be decompressed.', error);
  }
}
