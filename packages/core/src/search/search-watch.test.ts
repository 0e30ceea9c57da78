import { describe, expect, it } from 'vitest';
import { silentLogger } from '../ports/logger.ts';
import { manualTime } from '../testing/manual-time.ts';
import { searchWatch } from './search-watch.ts';

const MINUTE = 60_000;

/** A watch with its looks: `start` after a start, `again` later. */
function watched({ enabled = true } = {}) {
  const time = manualTime();
  const looks: string[] = [];
  const warnings: string[] = [];
  let fails = false;
  const watch = searchWatch({
    search: {
      enabled,
      async keepFilled({ afterStart = false } = {}) {
        looks.push(afterStart ? 'start' : 'again');
        if (fails) throw new Error('down');
      },
    },
    logger: { ...silentLogger, warn: (_details, message) => void warnings.push(message) },
    timer: time.timer,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    watch,
    looks,
    warnings,
    fail: (really: boolean) => {
      fails = really;
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
  it('looks when it begins, and every minute until it ends', async () => {
    const { watch, looks, pass } = watched();
    watch.begin();
    await pass(MINUTE - 1);
    expect(looks).toEqual(['start']);
    await pass(1);
    await pass(MINUTE);
    expect(looks).toEqual(['start', 'again', 'again']);
    watch.end();
    await pass(10 * MINUTE);
    expect(looks).toHaveLength(3);
    watch.end();
  });

  it('goes on after a look that failed, and says so', async () => {
    const { watch, looks, warnings, fail, pass } = watched();
    fail(true);
    watch.begin();
    await pass(MINUTE);
    expect(warnings).toEqual(Array(2).fill('the search index could not be looked after'));
    fail(false);
    await pass(MINUTE);
    expect([looks.length, warnings.length]).toEqual([3, 2]);
  });

  it('is silent about a look that was under way when it ended', async () => {
    const { watch, warnings, fail, pass, looks } = watched();
    fail(true);
    watch.begin();
    watch.end();
    await pass(MINUTE);
    expect([looks, warnings]).toEqual([['start'], []]);
  });

  it('begins anew, once, however often it is begun', async () => {
    const { watch, looks, pass } = watched();
    watch.begin();
    watch.begin();
    await pass(MINUTE);
    expect(looks).toEqual(['start', 'start', 'again']);
  });

  it('leaves a search alone that is off', async () => {
    const { watch, looks, pass } = watched({ enabled: false });
    watch.begin();
    await pass(MINUTE);
    expect(looks).toEqual([]);
  });
});
