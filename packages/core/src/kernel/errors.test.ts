import { describe, expect, it } from 'vitest';
import { errorCodes, fieldProblemKinds, isMicroblogError, MicroblogError } from './errors.ts';

describe('MicroblogError', () => {
  it('carries its code, details and cause', () => {
    const cause = new Error('below');
    const error = new MicroblogError('forbidden', 'No.', { details: { id: '1' }, cause });
    expect(error).toMatchObject({ code: 'forbidden', message: 'No.', details: { id: '1' }, cause });
  });

  it('has no details and no cause unless they are given', () => {
    const error = new MicroblogError('forbidden', 'No.');
    expect(error.details).toEqual({});
    expect('cause' in error).toBe(false);
  });
});

describe('isMicroblogError', () => {
  it('distinguishes codes', () => {
    const error: unknown = new MicroblogError('forbidden', 'No.');
    expect(isMicroblogError(error)).toBe(true);
    expect(isMicroblogError(error, 'forbidden')).toBe(true);
    expect(isMicroblogError(error, 'id_clash')).toBe(false);
  });

  it('recognises an error of another copy of the package', () => {
    const foreign = Object.assign(new Error('No.'), { name: 'MicroblogError', code: 'forbidden' });
    expect(isMicroblogError(foreign, 'forbidden')).toBe(true);
  });

  it.each([null, undefined, 'forbidden', { name: 'MicroblogError', code: 'forbidden' }, new Error('other')])(
    'is false for %s',
    (thrown) => expect(isMicroblogError(thrown)).toBe(false),
  );
});

describe('the lists of codes', () => {
  it('name each code once', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
    expect(new Set(fieldProblemKinds).size).toBe(fieldProblemKinds.length);
  });
});
