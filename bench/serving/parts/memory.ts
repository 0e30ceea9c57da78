import type { LoadRequest } from '../load/load.ts';
import { pageLoad, pageNames, viewers } from '../measuring/page-loads.ts';
import { repository } from '../processes/microblog.ts';
import type { ProcessMemory } from '../processes/proc-files.ts';
import { memoryOf } from '../processes/processor-time.ts';
import type { Site } from '../site.ts';
import type { Run } from './run.ts';

/** Memory of the server after so many requests. */
export interface MemoryPoint {
  readonly requests: number;
  readonly memory: ProcessMemory;
}

/** Memory of a fresh server, and while it answers pages of all kinds. */
export async function memory(
  { options, subjects, measuring, progress }: Run,
  site: Site,
): Promise<MemoryPoint[]> {
  if (!options.parts.has('memory')) return [];
  const served = await site.serve(repository);
  const mixed = inTurn(
    viewers.flatMap((viewer) => pageNames.map((page) => pageLoad(page, viewer, subjects).requests)),
  );
  const points = [{ requests: 0, memory: memoryOf(served.pid) }];
  for (const until of options.full ? [6_000, 50_000] : [options.connections * 125]) {
    const amount = until - (points.at(-1)?.requests ?? 0);
    await measuring.load.run({ url: served.url, requests: mixed, connections: options.connections, amount });
    points.push({ requests: until, memory: memoryOf(served.pid) });
    progress(`memory after ${until} requests`);
  }
  await served.stop();
  return points;
}

/** One of each list after the other; shorter lists begin again. */
function inTurn(lists: readonly (readonly LoadRequest[])[]): LoadRequest[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, number) =>
    lists.flatMap((list) => list[number % list.length] ?? []),
  ).flat();
}
