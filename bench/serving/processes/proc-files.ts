/** What `/proc/PID/stat` says of a process (proc_pid_stat(5)). Times are in clock ticks. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Time on processors, in user and system mode. */
  readonly own: number;
  /** The same of children that ended and were waited for. */
  readonly ended: number;
}

/** Linux reports times to programs in hundredths of a second, on every platform (USER_HZ). */
export const TICK_MS = 10;

/** Parses one line of `/proc/PID/stat`. The name in parentheses may hold spaces and parentheses itself. */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // The first field after the name is number 3 of the manual.
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    own: field(14) + field(15),
    ended: field(16) + field(17),
  };
}

/** Milliseconds on processors of these processes and all their descendants, those that ended included. */
export function treeTime(all: readonly ProcessStat[], roots: readonly number[]): number {
  const members = new Set(roots);
  for (let size = -1; size !== members.size; ) {
    size = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  const ticks = all
    .filter(({ pid }) => members.has(pid))
    .reduce((sum, { own, ended }) => sum + own + ended, 0);
  return ticks * TICK_MS;
}

/** Milliseconds in which processors had work, from `/proc/stat`: all but idle and iowait. */
export function parseBusyTime(text: string): number {
  const [line = ''] = text.split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softIrq + steal) * TICK_MS;
}

/** Memory of a process in megabytes. */
export interface ProcessMemory {
  /** Shared pages count in part: those of Node.js itself are shared with all other processes that run it. */
  readonly pss: number;
  /** Shared pages count in full, as if the process were alone on the machine. */
  readonly rss: number;
}

/** Parses `/proc/PID/smaps_rollup`. */
export function parseMemory(text: string): ProcessMemory {
  const megabytes = (name: string) => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
    if (kilobytes === undefined) throw new Error(`smaps_rollup has no ${name}.`);
    return Number(kilobytes) / 1024;
  };
  return { pss: megabytes('Pss'), rss: megabytes('Rss') };
}
