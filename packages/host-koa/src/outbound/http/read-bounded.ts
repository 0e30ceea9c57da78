/** The body as text; null if it is longer than `limit` bytes, and then the rest is not read. */
export async function readBounded({ body }: Response, limit: number): Promise<string | null> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
