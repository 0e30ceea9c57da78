import { describe, expect, it } from 'vitest';
import { parseInput } from '../kernel/input.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { nicknameSchema } from './nickname.ts';

const problemOf = (nickname: string) =>
  rejectedWith('invalid_input', () => parseInput(nicknameSchema, nickname)).details.fields?.[0];

describe('a nickname', () => {
  it.each(['a', 'John', 'john.doe_2', '_', '.a', '0', 'a'.repeat(64)])('may be %j', (nickname) => {
    expect(parseInput(nicknameSchema, nickname)).toBe(nickname);
  });

  it('loses white space around it', () => {
    expect(parseInput(nicknameSchema, ' john\n')).toBe('john');
  });

  it.each(['', '  '])('is required: %j counts as missing', (nickname) => {
    expect(problemOf(nickname)?.problem).toBe('required');
  });

  it.each([
    'john doe',
    'josé',
    'иван',
    '山田',
    'john\u0301',
    'a/b',
    'a%2fb',
    'a\0',
    '\ud800',
    '<b>',
    'a@b',
    '😀',
    'a-b',
    'a\u200b',
  ])('holds Latin letters, digits, dots and underscores only, so not %j', (nickname) =>
    expect(problemOf(nickname)?.problem).toBe('nickname_characters'),
  );

  it('has 64 characters at most', () => {
    expect(problemOf('a'.repeat(65))).toMatchObject({ problem: 'too_long', params: { max: 64 } });
  });

  it.each(['.', '..', '...'])('is more than dots: not %j', (nickname) => {
    expect(problemOf(nickname)?.problem).toBe('nickname_only_dots');
  });
});
