import { readFile } from 'node:fs/promises';
import { errorCodes, MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { fieldsOf, hostError, hostErrorCodes, isCallersError, isKnownCode, statuses } from './host-errors.ts';

const documentation = await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
/** The sections of the page by code, in its order. */
const sections = new Map(
  documentation
    .split(/^### /m)
    .slice(1)
    .map((section) => [/^`(\w+)`/.exec(section)?.[1] ?? section, section.split(/^## /m)[0] ?? '']),
);

describe('docs/errors.md', () => {
  it('has a section for every code and for nothing else, in the order of the code', () => {
    expect([...sections.keys()]).toEqual([...errorCodes, ...hostErrorCodes]);
  });

  it.each([...errorCodes, ...hostErrorCodes])(
    'has for %s its status, when it happens and what to do',
    (code) => {
      expect(sections.get(code)).toContain(`Status ${statuses[code]}.`);
      expect(sections.get(code)).toMatch(/- \*\*When:\*\* .+\n- \*\*What to do:\*\* .+/);
    },
  );
});

describe('statuses', () => {
  it('has a status of 400 or more for every code, and for no other', () => {
    expect(Object.keys(statuses).sort()).toEqual([...errorCodes, ...hostErrorCodes].sort());
    expect(Object.values(statuses).every((status) => status >= 400 && status < 600)).toBe(true);
  });
});

describe('hostError', () => {
  it('is a MicroblogError with a code of the host', () => {
    const cause = new Error('below');
    expect(hostError('malformed_body', 'Broken.', cause)).toMatchObject({ code: 'malformed_body', cause });
    expect('cause' in hostError('internal', 'Broken.')).toBe(false);
  });
});

describe('isKnownCode', () => {
  it('knows codes only, not the inherited properties of objects', () => {
    expect(['csrf_failed', 'forbidden', 'toString', 'nonsense', ''].map(isKnownCode)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('fieldsOf', () => {
  it('lists the problems of fields, none if the error has none', () => {
    const fields = [{ field: 'body', problem: 'required', params: {} }] as const;
    expect(fieldsOf(new MicroblogError('invalid_input', 'No.', { details: { fields } }))).toEqual(fields);
    expect(fieldsOf(new MicroblogError('forbidden', 'No.'))).toEqual([]);
  });
});

describe('isCallersError', () => {
  it('accepts what the caller can correct', () => {
    expect(isCallersError(new MicroblogError('user_not_found', ''))).toBe(true);
    expect(isCallersError(hostError('too_many_attempts', ''))).toBe(true);
  });

  it('rejects faults, and errors that it does not know', () => {
    const faults = [
      new MicroblogError('storage_failed', ''),
      new MicroblogError<string>('nonsense', ''),
      new Error('defect'),
      'text',
    ];
    expect(faults.map(isCallersError)).toEqual([false, false, false, false]);
  });
});
