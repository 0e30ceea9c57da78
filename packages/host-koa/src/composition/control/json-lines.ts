/**
 * The values of a stream that holds one JSON text a line.
 * @throws {SyntaxError} for a line that is not JSON; what `chunks` throws.
 */
export async function* readJsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}

export function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
