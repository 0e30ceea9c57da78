import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseOptions, requireKnownOptions } from './options.ts';

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
