import { MicroblogError } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostContext } from '../context.ts';
import { attemptLimits } from './attempt-limits.ts';

describe('the counts of attempts', () => {
  // Each count has a timer that removes it.
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const ctx = { ip: '192.0.2.1', set: () => {} } as unknown as HostContext;

  const strangers = () => attemptLimits({ remember() {}, find: async () => null, forget() {} });

  async function attempts(times: number, end: () => Promise<unknown>, limits = strangers()) {
    const codes: string[] = [];
    for (let time = 0; time < times; time++) {
      const attempt = limits.guard(ctx, { login: `login${codes.length}` }, end);
      codes.push(
        await attempt.then(
          () => 'none',
          (error: MicroblogError) => error.code,
        ),
      );
    }
    return codes;
  }

  const refused = (code: 'sign_in_failed' | 'invalid_input') => () =>
    Promise.reject(new MicroblogError(code, 'on purpose'));

  it('stay empty if forms have faults, whatever accounts they name', async () => {
    expect(new Set(await attempts(500, refused('invalid_input')))).toEqual(new Set(['invalid_input']));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stay empty if attempts succeed', async () => {
    expect(new Set(await attempts(500, async () => {}))).toEqual(new Set(['none']));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stop growing once the address is refused', async () => {
    const codes = await attempts(500, refused('sign_in_failed'));
    expect(codes.indexOf('too_many_attempts')).toBe(300);
    // Two for each account, one for this address and one for all, and one for the address itself.
    expect(vi.getTimerCount()).toBe(300 + 300 + 1);
  });

  it('do not grow for the address if an account is refused', async () => {
    const limits = strangers();
    const wrong = refused('sign_in_failed');
    for (let time = 0; time < 400; time++) await limits.guard(ctx, { login: 'ada' }, wrong).catch(() => {});
    expect(new Set(await attempts(290, wrong, limits))).toEqual(new Set(['sign_in_failed']));
    expect(await attempts(1, wrong, limits)).toEqual(['too_many_attempts']);
  });
});
