import { expect } from 'vitest';
import type { Finished } from './microblog-process.ts';

/**
 * Prints the peak of the memory of a process when it ends. What the system calls `maxRSS` would not do on Linux: it
 * starts from the memory of the process that started this one.
 */
const script = `
  import { readFileSync } from 'node:fs';
  const peak = () => {
    try {
      return /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
    } catch {
      return process.resourceUsage().maxRSS;
    }
  };
  process.on('exit', () => console.error('peak', peak()));
`;

/**
 * Variables for a process whose memory is measured. With a large heap limit, V8 lets garbage grow for a while; with
 * a small one, the figure is what the process needs.
 */
export const measured = {
  NODE_OPTIONS: `--max-old-space-size=64 --max-semi-space-size=4 --import=data:text/javascript,${encodeURIComponent(script)}`,
};

/** The peak of the memory of such a process, in kB. The process must have succeeded. */
export function peakOf({ code, stderr }: Finished): number {
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^peak \d+\n$/) });
  return Number(/\d+/.exec(stderr)?.[0]);
}
