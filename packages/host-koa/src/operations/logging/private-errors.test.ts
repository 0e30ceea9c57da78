import { MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { loggedError } from './logged-error.ts';
import { scrubber } from './scrub.ts';

const scrub = scrubber();
const logged = (thrown: unknown) => JSON.stringify(loggedError(thrown, scrub));

/** In the form that `pg` makes them. */
function databaseError(code: string, message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), { code, severity: 'ERROR', ...fields });
}

describe('a logged error', () => {
  it('of the database’s types does not quote the value, in message and stack', () => {
    const cause = databaseError(
      '22P02',
      'insert into posts … - invalid input syntax for type bigint: "secret\nsecret"',
    );
    const text = logged(new MicroblogError('storage_failed', 'The storage failed.', { cause }));
    expect(text).toContain('22P02');
    expect(text).not.toContain('secret');
  });

  it('of the database’s constraints names table and constraint, and shows no row', () => {
    const text = logged(
      databaseError('23514', 'new row for relation "users" violates check constraint "nobody"', {
        detail: 'Failing row contains (1, secret).',
        where: 'unnamed portal parameter $1 = secret',
        hint: 'secret',
        table: 'users',
        constraint: 'nobody',
        bindings: ['secret'],
      }),
    );
    expect(text).toMatch(/23514, table users, constraint nobody/);
    expect(text).not.toContain('secret');
  });

  it('that Objection wrapped is logged alike', () => {
    const nativeError = databaseError('22003', 'value "secret" is out of range for type bigint');
    const wrapped = Object.assign(new Error(nativeError.message), { nativeError, columns: ['secret'] });
    expect(logged(wrapped)).toContain('22003');
    expect(logged(wrapped)).not.toContain('secret');
  });

  it('of a parser does not quote what was parsed', () => {
    const parse = () => {
      try {
        return JSON.parse('secret');
      } catch (error) {
        return error;
      }
    };
    expect(String(parse())).toContain('s');
    expect(logged(parse())).toContain('SyntaxError');
    expect(logged(parse())).not.toMatch(/"secret|\\"s/);
  });

  it('has no e-mail address, and no password of an address', () => {
    const error = new Error('no route to smtp://me:pass-word@mail.example.org for ada@example.org');
    expect(logged(error)).toContain('no route to');
    expect(logged(error)).not.toMatch(/pass-word|ada@/);
  });

  it('has its places and those of its causes, even if the causes are circular', () => {
    const inner = new Error('inner');
    const outer = new TypeError('outer', { cause: inner });
    inner.cause = outer;
    const error = loggedError(outer, scrub);
    expect(error).toMatchObject({ type: 'TypeError', message: expect.stringMatching(/^outer: inner/) });
    expect(typeof error === 'string' ? error : error.stack).toMatch(
      /^TypeError: outer\n {4}at [\s\S]+\ncaused by: Error: inner\n {4}at /,
    );
  });

  it('that is not an error is a text', () => {
    expect(loggedError('a text of ada@example.org', scrub)).toBe('a text of <address>');
  });
});
