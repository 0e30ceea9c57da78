import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  type ProcessMemory,
  type ProcessStat,
  parseBusyTime,
  parseMemory,
  parseProcessStat,
  treeTime,
} from './proc-files.ts';

/** Whether this system has the files that processor time and memory are read from. */
export const hasProc = existsSync('/proc/self/stat') && existsSync('/proc/stat');

/** Milliseconds so far. */
export interface ProcessorTimes {
  readonly at: number;
  /** Of each named group of process trees. */
  readonly groups: Readonly<Record<string, number>>;
  /** Of this process, its descendants and all groups. */
  readonly own: number;
  /** Of all processes of the machine. */
  readonly busy: number;
}

/** Reads all times at once. All of them are NaN without `/proc`. */
export function readProcessorTimes(groups: Readonly<Record<string, number | null>>): ProcessorTimes {
  const at = performance.now();
  const all = hasProc ? allProcesses() : [];
  const timeOf = (roots: readonly (number | null)[]) => {
    const known = roots.filter((pid) => pid !== null);
    return hasProc && known.length === roots.length ? treeTime(all, known) : Number.NaN;
  };
  return {
    at,
    groups: Object.fromEntries(Object.entries(groups).map(([name, pid]) => [name, timeOf([pid])])),
    own: timeOf([process.pid, ...Object.values(groups).filter((pid) => pid !== null)]),
    busy: hasProc ? parseBusyTime(readFileSync('/proc/stat', 'utf8')) : Number.NaN,
  };
}

/** The share of the machine's processors that other work had between two readings, from 0 to 1. */
export function othersShare(before: ProcessorTimes, after: ProcessorTimes): number {
  const others = after.busy - before.busy - (after.own - before.own);
  return Math.max(0, others) / ((after.at - before.at) * availableParallelism());
}

/** Memory of a process; NaN without `/proc`. */
export function memoryOf(pid: number): ProcessMemory {
  try {
    return parseMemory(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  } catch {
    return { pss: Number.NaN, rss: Number.NaN };
  }
}

/** The parent of a process, or null if it is not on this machine. */
export function parentOf(pid: number): number | null {
  return allProcesses().find((process) => process.pid === pid)?.parent ?? null;
}

function allProcesses(): ProcessStat[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        // It ended in the meantime.
        return [];
      }
    });
}
