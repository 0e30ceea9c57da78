import { archiveInvalid } from './archive-faults.ts';

/** In UTF-16 code units. No record comes near it; without a limit, a file of one line would fill the memory. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

/**
 * The lines of a stream of UTF-8, without their line feeds. Nothing else ends a line: texts may hold U+2028.
 * @throws {MicroblogError} `archive_invalid` for other bytes, for a line without an end, and for one too long.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decode(decoder, chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
    if (rest.length > MAX_LINE_LENGTH) throw archiveInvalid('It has a line that is too long.');
  }
  if (rest + decode(decoder) !== '') throw archiveInvalid('It ends in the middle of a line.');
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw archiveInvalid('It is not UTF-8.', error);
  }
}
