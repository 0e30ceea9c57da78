import { MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { loggedError } from './logged-error.ts';
import { scrubber } from './scrub.ts';

const scrub = scrubber(['the-secret']);

describe('loggedError', () => {
  it('keeps class, code, messages and stacks, of causes too', () => {
    const cause = Object.assign(new Error('below, for ada@example.org'), { code: '23505' });
    const logged = loggedError(new MicroblogError('storage_failed', 'Above the-secret.', { cause }), scrub);
    expect(logged).toMatchObject({
      type: 'MicroblogError',
      code: 'storage_failed',
      message: 'Above ********.: below, for <address>',
      stack: expect.stringMatching(
        /MicroblogError: Above \*{8}\.\n +at .+[\s\S]+Error: below, for <address>\n +at /,
      ),
    });
  });

  it('leaves out what drivers hang on their errors', () => {
    const error = Object.assign(new Error('no'), {
      query: 'insert …',
      parameters: ['ada@example.org'],
      detail: 'Key (email)=(ada@example.org)',
      headers: { cookie: 'session' },
      code: 7,
    });
    expect(Object.keys(loggedError(error, scrub))).toEqual(['type', 'message', 'stack', 'code']);
  });

  it('keeps the details of our own errors, scrubbed, unless they are no JSON', () => {
    const error = (details: Record<string, unknown>) =>
      loggedError(new MicroblogError('mail_failed', 'No.', { details }), scrub);
    expect(error({ retry: true, response: 'ada@example.org?' })).toMatchObject({
      details: { retry: true, response: '<address>?' },
    });
    expect(error({ count: 1n })).not.toHaveProperty('details');
  });

  it.each([
    ['ada@example.org fell', '<address> fell'],
    [null, 'null'],
    [{ a: 1 }, '[object Object]'],
  ])('writes a value that is not an error as a text: %j', (thrown, logged) => {
    expect(loggedError(thrown, scrub)).toBe(logged);
  });
});
