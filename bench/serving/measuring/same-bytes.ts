import type { LoadRequest } from '../load/load.ts';

/** The largest difference in length, as a share. */
const TOLERANCE = 0.02;

/**
 * Compares pages of the floor with ours, without what is different each time.
 * @throws {Error} if one differs in length by more than 2 %: then the floor does not write what we write.
 */
export async function requireSameBytes(
  ours: string,
  floor: string,
  requests: readonly LoadRequest[],
): Promise<void> {
  for (const { path, headers } of requests) {
    const [own, least] = await Promise.all([pageAt(ours + path, headers), pageAt(floor + path, headers)]);
    const difference = Math.abs(own.length - least.length) / own.length;
    if (difference <= TOLERANCE) continue;
    throw new Error(`${path}: our page has ${own.length} characters, that of the floor ${least.length}.`);
  }
}

async function pageAt(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(url, { headers: { ...headers, 'Accept-Encoding': 'identity' } });
  return (await answer.text()).replace(/(?<=name="_csrf" value=")[^"]+/g, '').replace(/>[^<]*<\/time>/g, '');
}
