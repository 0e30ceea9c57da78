import { MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { alwaysReady, readiness } from './readiness.ts';

describe('readiness', () => {
  it('gives no reason if the check passes', async () => {
    expect(await readiness({ check: async () => {} }).reason()).toBeNull();
    expect(await alwaysReady().reason()).toBeNull();
  });

  it('names a known error by its code, and shows nothing of an unexpected one', async () => {
    const named = readiness({
      check: () => Promise.reject(new MicroblogError('migrations_pending', 'host:1')),
    });
    expect(await named.reason()).toBe('migrations_pending');
    const unnamed = readiness({ check: () => Promise.reject(new Error('password')) });
    expect(await unnamed.reason()).toBe('not_ready');
  });

  it('answers in time if the check does not; concurrent callers share one check', async () => {
    let checks = 0;
    const answer = Promise.withResolvers<void>();
    const ready = readiness({
      timeoutMs: 20,
      check: () => {
        checks += 1;
        return answer.promise;
      },
    });
    expect(await Promise.all([ready.reason(), ready.reason()])).toEqual([
      'database_timeout',
      'database_timeout',
    ]);
    expect(await ready.reason()).toBe('database_timeout');
    expect(checks).toBe(1);
    answer.resolve();
    expect(await ready.reason()).toBeNull();
    expect(await ready.reason()).toBeNull();
    expect(checks).toBe(2);
  });

  it('ends at shutdown, also for waiting callers', async () => {
    const answer = Promise.withResolvers<void>();
    const ready = readiness({ check: () => answer.promise });
    const waiting = ready.reason();
    ready.shutDown();
    answer.resolve();
    expect(await waiting).toBe('shutting_down');
    expect(await ready.reason()).toBe('shutting_down');
  });
});
