import { archiveInvalid } from './archive-faults.ts';

/**
 * In UTF-16 code units. Every real record is far shorter. Without a limit, a file of one line would fill the memory.
 */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

/**
 * Splits a UTF-8 stream into lines, without their line feeds. Only a line feed ends a line: texts may contain U+2028.
 * @throws {MicroblogError} `archive_invalid` for invalid UTF-8, for an unfinished last line, and for a line that is too
 * long.
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
