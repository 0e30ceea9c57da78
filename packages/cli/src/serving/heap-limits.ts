/** What the limits of V8's heap depend on. */
export interface HeapNeeds {
  /** Memory of the machine or its container, in megabytes. */
  readonly memory: number;
  /** Number of processes that share it. */
  readonly processes: number;
}

/** In megabytes. A smaller heap could end the process with an error while it renders large pages. */
const SMALLEST_OLD_SPACE = 128;
/** In megabytes. V8 lets a heap with a larger limit grow to more garbage before it collects it. */
const LARGEST_OLD_SPACE = 1_024;
/** In megabytes. A process that has less than this gets a smaller space for new objects. */
const ROOMY = 384;

// Why: docs/performance.md#memory
/**
 * The flags of Node.js that limit the heap of one process; none that `given` flags set already. Half of the share of
 * the memory is for objects that live long; the other half is for new objects, buffers, code and the embedded database.
 * The heap uses less than its limit: the limit also sets how much garbage V8 keeps.
 */
export function heapFlags({ memory, processes }: HeapNeeds, given: string): readonly string[] {
  // V8 accepts `_` for `-`.
  const isGiven = (name: string) => given.replaceAll('_', '-').includes(`--${name}`);
  if (isGiven('max-heap-size')) return [];
  const share = memory / processes;
  const sizes = {
    'max-old-space-size': Math.min(LARGEST_OLD_SPACE, Math.max(SMALLEST_OLD_SPACE, Math.floor(share / 2))),
    'max-semi-space-size': share < ROOMY ? 8 : 16,
  };
  return Object.entries(sizes).flatMap(([name, size]) => (isGiven(name) ? [] : [`--${name}=${size}`]));
}

/**
 * The memory that the process may use, in megabytes: the least of that of the machine, the limit of its container and
 * the size of its dyno. 0 means no limit of the container.
 */
export function availableMemory(
  machine: number,
  container: number,
  { MEMORY_AVAILABLE }: Readonly<Record<string, string | undefined>>,
): number {
  const dyno = Number(MEMORY_AVAILABLE);
  const limits = [machine, container].map((bytes) => bytes / 2 ** 20);
  return Math.floor(Math.min(...[...limits, dyno].filter((megabytes) => megabytes > 0)));
}
