import { describe, expect, it } from 'vitest';
import { parseBusyTime, parseMemory, parseProcessStat, treeTime } from './proc-files.ts';

describe('/proc/PID/stat', () => {
  it('is read behind the name, which may hold spaces and parentheses', () => {
    const line = '42 (a) (b 7) S 7 42 42 0 -1 4194304 99 0 0 0 10 20 30 40 20 0 1 0 1165823 3133440 414';
    expect(parseProcessStat(line)).toEqual({ pid: 42, parent: 7, own: 30, ended: 70 });
  });
});

describe('the time of a process tree', () => {
  const processes = [
    { pid: 3, parent: 2, own: 5, ended: 0 },
    { pid: 1, parent: 0, own: 100, ended: 0 },
    { pid: 2, parent: 1, own: 2, ended: 10 },
    { pid: 9, parent: 0, own: 1_000, ended: 0 },
  ];

  it('counts all descendants and those that ended, in milliseconds', () => {
    expect(treeTime(processes, [2])).toBe(170);
    expect(treeTime(processes, [1])).toBe(1_170);
  });

  it('counts a process once that is in several trees', () => {
    expect(treeTime(processes, [1, 3])).toBe(1_170);
  });
});

it('/proc/stat: all time of all processors but idle and iowait', () => {
  expect(parseBusyTime('cpu  10 20 30 1000 500 1 2 3 0 0\ncpu0 5 5 5 5\n')).toBe(660);
});

describe('/proc/PID/smaps_rollup', () => {
  it('gives memory in megabytes', () => {
    expect(parseMemory('Rss:  4096 kB\nPss:  2048 kB\nPss_Dirty:  1 kB\n')).toEqual({ pss: 2, rss: 4 });
  });

  it('without these lines is a fault', () => {
    expect(() => parseMemory('')).toThrow('no Pss');
  });
});
