import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionFaults, parseOptions, requireKnownOptions } from './options.ts';

const schema = z.object({
  requireLogin: z.boolean('true or false').default(false),
  basePath: z.string('a path').optional(),
});
const parse = (given: object) => parseOptions('createSite', schema, given);

describe('parseOptions', () => {
  it('fills in defaults', () => {
    expect(parse({ basePath: '/blog' })).toEqual({ requireLogin: false, basePath: '/blog' });
  });

  it.each([
    ['requirelogin', 'requireLogin'],
    ['requiresLogin', 'requireLogin'],
    ['basepath', 'basePath'],
    ['bassPaht', 'basePath'],
  ])('refuses %s and names %s', (given, nearest) => {
    expect(() => parse({ [given]: true })).toThrow(
      `createSite: there is no option '${given}': did you mean '${nearest}'?`,
    );
  });

  it('lists all options if none is similar to the unknown one', () => {
    expect(() => parse({ colour: 'red' })).toThrow(
      "createSite: there is no option 'colour': the options are requireLogin, basePath",
    );
  });

  it('names every option with a wrong value, and not the value', () => {
    expect(() => parse({ requireLogin: 'secret', basePath: 4 })).toThrow(
      /^createSite: requireLogin: expected true or false; basePath: expected a path$/,
    );
  });
});

describe('optionFaults', () => {
  const link = z.strictObject({ href: z.string('a path') });
  const nested = z.object({
    look: z
      .strictObject({ accent: z.string('a colour').optional(), font: z.string('a font') }, 'an object')
      .optional(),
    links: z.array(link, 'a list').default([]),
  });

  it.each([
    [{ look: { accent: 'red', font: 'serif' } }, []],
    [{ look: { accnt: 'red', font: 'serif' } }, ["look: there is no option 'accnt': did you mean 'accent'?"]],
    [{ look: { accent: 1, font: 2 } }, ['look.accent: expected a colour', 'look.font: expected a font']],
    [{ look: 'red' }, ['look: expected an object']],
    [{ links: [{ href: '/', url: '/' }] }, ["links.0: there is no option 'url': the options are href"]],
    ['red', ['expected an object of options']],
  ])('names the place of each fault: %j', (given, faults) => {
    expect(optionFaults(nested, given)).toEqual(faults);
  });
});

describe('requireKnownOptions', () => {
  const open = (given: { path?: string; mode?: string }) =>
    requireKnownOptions('open', given, { path: true, mode: true });

  it('accepts known options', () => {
    expect(() => open({ path: 'here' })).not.toThrow();
  });

  it('refuses an unknown option and names the nearest', () => {
    expect(() => open({ paht: 'here' } as object)).toThrow(
      "open: there is no option 'paht': did you mean 'path'?",
    );
  });
});
