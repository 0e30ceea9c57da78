import nunjucks from 'nunjucks';
import { expect } from 'vitest';
import type { Library } from '../../src/templates/compiler/compilation.ts';
import { compilePage } from '../../src/templates/compiler/compile-page.ts';
import { parseTemplate } from '../../src/templates/compiler/nodes.ts';

/** One template, or several by their names; the page is `page.njk`. */
export type Sources = Readonly<Record<string, string>>;

const options = { autoescape: true, trimBlocks: true, lstripBlocks: true };

/** Values that are known when a page is compiled. */
const constants = {
  lang: 'en',
  brand: 'Ada & <Bob>',
  none: null,
  languages: [
    { code: 'en', name: 'English', current: true },
    { code: 'ar', name: 'العربية', current: false },
  ],
  greet: (name: string, { mark = '!' }: { mark?: string } = {}) => `Hello ${name}${mark}`,
};

const { SafeString } = (nunjucks as unknown as { runtime: { SafeString: new (text: string) => object } })
  .runtime;

/** Values that a page gets when it is rendered, many of them hostile. */
const model = {
  name: 'Ada',
  markup: '</script><b a="1" b=\'2\'>&\\',
  separators: 'a\u2028b\u2029c',
  quotes: `"'\`\${1}\\`,
  nothing: null,
  missing: undefined,
  zero: 0,
  one: 1,
  no: false,
  yes: true,
  empty: '',
  nan: Number.NaN,
  marked: new SafeString('<i>safe</i>'),
  person: {
    name: 'Eve <eve>',
    tags: ['a', '<b>'],
    'first name': 'E',
    nested: { deep: { deeper: '"' } },
    nothing: null,
  },
  list: ['x', '<y>', null, undefined, 0],
  people: [
    { name: 'A', tags: [] },
    { name: 'B', tags: ['t', 'u'] },
  ],
  pairs: [
    ['k', 1],
    ['l', '<2>'],
  ],
  emptyList: [],
  object: { one: 1, two: '<2>' },
  set: new Set(['s', 't']),
  shout: (text: string) => text.toUpperCase(),
  path: '/login?next=/',
  __proto__x: 'odd',
  key: 'name',
};

/** The names of all those values. */
export const names = Object.keys({ ...model, ...constants });

const sourcesOf = (page: string | Sources): Sources =>
  typeof page === 'string' ? { 'page.njk': page } : page;

/** The output of the page by Nunjucks. */
export function byNunjucks(page: string | Sources, context: object = { ...constants, ...model }): string {
  const sources = sourcesOf(page);
  const loader = {
    getSource: (name: string) =>
      sources[name] === undefined ? null : { src: sources[name], path: name, noCache: false },
  };
  return new nunjucks.Environment(loader as nunjucks.ILoader, options).render('page.njk', context);
}

/** The compiled page. */
export function compiled(page: string | Sources, { strict = false, known = constants as object } = {}) {
  const sources = sourcesOf(page);
  return compilePage('page.njk', {
    parsed: (name) => (sources[name] === undefined ? null : parseTemplate(sources[name], options)),
    environment: new nunjucks.Environment([], options) as nunjucks.Environment & Library,
    constants: { ...known },
    strict,
  });
}

/** The output of the compiled page; the reason if it can't be compiled. */
export function rendered(
  page: string | Sources,
  { strict = false, known = constants as object } = {},
): string {
  const result = compiled(page, { strict, known });
  return result.render === null
    ? `not compilable: ${result.reason}`
    : result.render({ ...constants, ...model });
}

/** Expects the same output of the compiled page and of Nunjucks. */
export function expectSame(page: string | Sources): void {
  const expected = byNunjucks(page);
  expect(rendered(page)).toBe(expected);
  // Without constants, everything is computed when the page is rendered.
  expect(rendered(page, { known: {} })).toBe(expected);
}
