import { MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { faultKind } from './fault-kind.ts';

const broken = (message: string) => new TypeError(message);

describe('faultKind', () => {
  it('is the same for one class, code and place, whatever the message', () => {
    expect(faultKind(broken('one'))).toEqual(faultKind(broken('two\n    at somewhere (else.js:1:1)')));
  });

  it('differs by place, by class and by code', () => {
    const here = faultKind(new TypeError('no')).key;
    const there = faultKind(new TypeError('no')).key;
    const coded = (code: string) => faultKind(Object.assign(broken('no'), { code })).key;
    expect(new Set([here, there, coded('E1'), coded('E2')]).size).toBe(4);
  });

  it('is named by class and code, without anything that came from outside', () => {
    expect(faultKind(new MicroblogError('storage_failed', 'No.')).title).toBe(
      'MicroblogError storage_failed',
    );
    const odd = Object.assign(new Error('no'), { name: 'A b\r\nBcc: x', code: 'two words' });
    expect(faultKind(odd).title).toBe('AbBccx');
    expect(faultKind(Object.assign(new Error('no'), { name: '', stack: undefined })).title).toBe('Error');
    expect(faultKind('a text').title).toBe('a thrown string');
    expect(faultKind(null).title).toBe('a thrown object');
  });
});
