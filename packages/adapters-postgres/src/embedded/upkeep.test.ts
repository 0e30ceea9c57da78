import { silentLogger } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tidyRegularly } from './upkeep.ts';

const MINUTE = 60_000;

describe('the upkeep of the embedded database', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The statements that ran; each fails if `fault` is given. */
  function started(fault?: Error) {
    const ran: string[] = [];
    const warnings: object[] = [];
    const run = async (sql: string) => {
      ran.push(sql);
      if (fault !== undefined) throw fault;
    };
    const logger = { ...silentLogger, warn: (details: object) => void warnings.push(details) };
    return { ran, warnings, end: tidyRegularly(run, 'blog', logger) };
  }

  it('begins a minute after the start, and is done every hour', async () => {
    const { ran, end } = started();
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ran).toContain('vacuum (analyze) "blog".posts');
    expect(ran).toContain('vacuum (analyze) "blog".jobs');
    expect(ran.at(-1)).toBe('checkpoint');
    ran.length = 0;
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(ran).toContain('vacuum (analyze) "blog".posts');
    end();
  });

  it('is not done after the storage was closed', async () => {
    const { ran, end } = started();
    end();
    await vi.advanceTimersByTimeAsync(120 * MINUTE);
    expect(ran).toEqual([]);
  });

  it('logs a fault, and tries again an hour later', async () => {
    const fault = new Error('on purpose');
    const { ran, warnings, end } = started(fault);
    await vi.advanceTimersByTimeAsync(61 * MINUTE);
    expect(warnings).toEqual([{ err: fault }, { err: fault }]);
    expect(ran).toHaveLength(2);
    end();
  });
});
