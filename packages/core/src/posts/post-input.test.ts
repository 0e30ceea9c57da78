import { describe, expect, it } from 'vitest';
import { parseInput } from '../kernel/input.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { postInputSchema } from './post-input.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const schema = postInputSchema(140);
const bodyOf = (body: string) => parseInput(schema, { body }).body;

function faultOf(input: unknown) {
  const { details } = rejectedWith('invalid_input', () => parseInput(schema, input));
  expect(details.fields).toHaveLength(1);
  return details.fields?.[0];
}

describe('the body of a post', () => {
  it.each([
    '',
    '   ',
    '\r\n\t',
    '\u200b\u200d',
    '\u3000\ufeff',
    '\u2800',
    '\u0301',
    '\ufffc',
    '\u{1d159}',
    '\u0085',
  ])('is required: %j counts as empty', (body) => {
    expect(faultOf({ body })).toEqual({ field: 'body', problem: 'required', params: {} });
  });

  it('takes 140 characters', () => {
    expect(bodyOf('a'.repeat(140))).toHaveLength(140);
  });

  it('refuses 141, and reports the length and the limit', () => {
    expect(faultOf({ body: 'a'.repeat(141) })).toEqual({
      field: 'body',
      problem: 'too_long',
      params: { max: 140, count: 141 },
    });
  });

  it.each([
    ['families joined of four', FAMILY],
    ['flags', '🇺🇾'],
    ['kissing couples with two skin tones', '👩🏽‍❤️‍💋‍👨🏿'],
    ['letters with two marks', 'o\u0302\u0323'],
  ])('counts graphemes: 140 %s fit, 141 do not', (_name, grapheme) => {
    expect(bodyOf(grapheme.repeat(140))).toBe(grapheme.repeat(140).normalize('NFC'));
    expect(faultOf({ body: grapheme.repeat(141) })?.problem).toBe('too_long');
  });

  it('counts after trimming', () => {
    expect(bodyOf(`  ${'a'.repeat(140)}\n\n`)).toHaveLength(140);
  });

  it('counts a Windows line break once', () => {
    expect(bodyOf(`${'a'.repeat(69)}\r\n${'b'.repeat(70)}`)).toHaveLength(140);
  });

  it.each([
    ['thousands of marks on one letter', `z${'\u0337'.repeat(140 * 32)}`],
    ['140 letters with 30 marks each', `z${'\u0337'.repeat(30)}`.repeat(140)],
    ['an emoji joined to itself 1,490 times', '🚫\u200d'.repeat(1490)],
    ['an emoji joined to itself 1,600 times', '🚫\u200d'.repeat(1600)],
  ])('refuses %s, which would be painted outside of the post', (_name, body) => {
    expect(faultOf({ body })).toEqual({ field: 'body', problem: 'crowded_characters', params: {} });
  });

  it('refuses a text far above the limit without counting all of it', () => {
    expect(faultOf({ body: 'a'.repeat(100_000) })).toEqual({
      field: 'body',
      problem: 'too_long',
      params: { max: 140 },
    });
  });

  it('stores letters composed (NFC)', () => {
    expect(bodyOf('cafe\u0301')).toBe('caf\u00e9');
  });

  it.each(['a\0b', 'a\u0080', 'a\ue000', '\uf8ff', 'a\ufdd0', 'a\ud800', '\udc00a', '\u001b[2J', '\u0008'])(
    'refuses %j, which cannot be stored',
    (body) => {
      expect(faultOf({ body })?.problem).toBe('unusable_characters');
    },
  );

  it('keeps markup as plain text', () => {
    expect(bodyOf('<b>&amp;</b>')).toBe('<b>&amp;</b>');
  });

  it.each([
    ['nothing', {}, 'required'],
    ['a number', { body: 1 }, 'wrong_type'],
    ['null', { body: null }, 'wrong_type'],
  ])('refuses %s', (_name, input, problem) => {
    expect(faultOf(input)).toEqual({ field: 'body', problem, params: {} });
  });

  it('refuses an input that is not an object', () => {
    expect(faultOf(null)?.problem).toBe('wrong_type');
  });
});
