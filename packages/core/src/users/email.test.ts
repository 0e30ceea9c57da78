import { describe, expect, it } from 'vitest';
import { parseInput } from '../kernel/input.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { emailSchema, MAX_EMAIL_LENGTH } from './email.ts';

const problemOf = (email: string) =>
  rejectedWith('invalid_input', () => parseInput(emailSchema, email)).details.fields?.[0];

describe('an e-mail address', () => {
  it.each(['a@example.org', 'John.Doe+tag@Example.ORG', "o'brien@example.co.uk"])('may be %j', (email) => {
    expect(parseInput(emailSchema, email)).toBe(email);
  });

  it('loses white space around it', () => {
    expect(parseInput(emailSchema, ' a@example.org ')).toBe('a@example.org');
  });

  it.each(['', ' \t'])('is required: %j counts as missing', (email) => {
    expect(problemOf(email)?.problem).toBe('required');
  });

  it.each([
    'a',
    'a@',
    '@example.org',
    'a b@example.org',
    'a@example',
    'a@@example.org',
    'a@example.org\nBcc: b@example.org',
    'a\0@example.org',
    '<a@example.org>',
    '\ud800@example.org',
  ])('has the form of one, unlike %j', (email) => expect(problemOf(email)?.problem).toBe('email_malformed'));

  it('has 254 characters at most', () => {
    expect(problemOf(`${'a'.repeat(60)}@${'b'.repeat(200)}.org`)).toMatchObject({
      problem: 'too_long',
      params: { max: MAX_EMAIL_LENGTH },
    });
  });
});
