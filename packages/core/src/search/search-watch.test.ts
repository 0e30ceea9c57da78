import { describe, expect, it } from 'vitest';
import { silentLogger } from '../ports/logger.ts';
import { manualTime } from '../testing/manual-time.ts';
import { searchWatch } from './search-watch.ts';

const MINUTE = 60_000;

/** A watch that records its checks: `start` after a start, `again` later. */
function watched({ enabled = true } = {}) {
  const time = manualTime();
  const checks: string[] = [];
  const warnings: string[] = [];
  let fails = false;
  const watch = searchWatch({
    search: {
      enabled,
      async keepFilled({ afterStart = false } = {}) {
        checks.push(afterStart ? 'start' : 'again');
        if (fails) throw new Error('down');
      },
    },
    logger: { ...silentLogger, warn: (_details, message) => void warnings.push(message) },
    timer: time.timer,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    watch,
    checks,
    warnings,
    fail: (value: boolean) => {
      fails = value;
    },
    settled,
    async pass(milliseconds: number) {
      await settled();
      time.pass(milliseconds);
      await settled();
    },
  };
}

describe('searchWatch', () => {
  it('checks when it begins, and every minute until it ends', async () => {
    const { watch, checks, pass } = watched();
    watch.begin();
    await pass(MINUTE - 1);
    expect(checks).toEqual(['start']);
    await pass(1);
    await pass(MINUTE);
    expect(checks).toEqual(['start', 'again', 'again']);
    watch.end();
    await pass(10 * MINUTE);
    expect(checks).toHaveLength(3);
    watch.end();
  });

  it('continues after a failed check, and logs it', async () => {
    const { watch, checks, warnings, fail, pass } = watched();
    fail(true);
    watch.begin();
    await pass(MINUTE);
    expect(warnings).toEqual(Array(2).fill('the search index could not be checked'));
    fail(false);
    await pass(MINUTE);
    expect([checks.length, warnings.length]).toEqual([3, 2]);
  });

  it('ignores a check that is in progress when it ends', async () => {
    const { watch, warnings, fail, pass, checks } = watched();
    fail(true);
    watch.begin();
    watch.end();
    await pass(MINUTE);
    expect([checks, warnings]).toEqual([['start'], []]);
  });

  it('runs one timer, however often it is begun', async () => {
    const { watch, checks, pass } = watched();
    watch.begin();
    watch.begin();
    await pass(MINUTE);
    expect(checks).toEqual(['start', 'start', 'again']);
  });

  it('does not check if search is off', async () => {
    const { watch, checks, pass } = watched({ enabled: false });
    watch.begin();
    await pass(MINUTE);
    expect(checks).toEqual([]);
  });
});
