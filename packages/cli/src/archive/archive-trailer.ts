import { crc32 } from 'node:zlib';
import { type ArchiveCounts, archiveKinds } from '@microblog/core';

/** The end of an archive file. */
export interface Trailer {
  readonly counts: ArchiveCounts;
  /** The SHA-256 of all bytes before the trailer, in hexadecimal. */
  readonly sha256: string;
}

const LINE_LENGTH = 256;
/** The gzip member around the line: 10 bytes before it, 5 of a stored block, 8 after it (RFC 1951, RFC 1952). */
export const TRAILER_SIZE = 10 + 5 + LINE_LENGTH + 8;

/** Deflate, no flags, no time, no extra flags, unknown system. */
const memberHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/**
 * Encodes the trailer as a separate gzip member, so that `gzip -d` still accepts the whole file. It is stored, not
 * compressed: equal trailers have equal bytes, so every changed byte is detected.
 */
export function encodeTrailer({ counts, sha256 }: Trailer): Buffer {
  const inOrder = Object.fromEntries(archiveKinds.map((kind) => [kind, counts[kind]]));
  const json = JSON.stringify({ kind: 'end', counts: inOrder, sha256 });
  const line = Buffer.from(`${json.padEnd(LINE_LENGTH - 1)}\n`);
  const block = Buffer.alloc(5);
  block.writeUInt8(1, 0);
  block.writeUInt16LE(LINE_LENGTH, 1);
  block.writeUInt16LE(~LINE_LENGTH & 0xffff, 3);
  const ending = Buffer.alloc(8);
  ending.writeUInt32LE(crc32(line), 0);
  ending.writeUInt32LE(LINE_LENGTH, 4);
  return Buffer.concat([memberHeader, block, line, ending]);
}

/** Decodes the trailer. Null if any byte is unexpected. */
export function decodeTrailer(bytes: Buffer): Trailer | null {
  try {
    const trailer: Trailer = JSON.parse(bytes.subarray(15, -8).toString());
    return encodeTrailer(trailer).equals(bytes) ? trailer : null;
  } catch {
    return null;
  }
}
