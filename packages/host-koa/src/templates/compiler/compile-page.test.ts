import nunjucks from 'nunjucks';
import { describe, expect, it } from 'vitest';
import type { Library } from './compilation.ts';
import { compilePage } from './compile-page.ts';
import { parseTemplate } from './nodes.ts';

type Sources = Readonly<Record<string, string>>;

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

const names = Object.keys({ ...model, ...constants });

const sourcesOf = (page: string | Sources): Sources =>
  typeof page === 'string' ? { 'page.njk': page } : page;

function byNunjucks(page: string | Sources, context: object = { ...constants, ...model }): string {
  const sources = sourcesOf(page);
  const loader = {
    getSource: (name: string) =>
      sources[name] === undefined ? null : { src: sources[name], path: name, noCache: false },
  };
  return new nunjucks.Environment(loader as nunjucks.ILoader, options).render('page.njk', context);
}

function compiled(page: string | Sources, { strict = false, known = constants as object } = {}) {
  const sources = sourcesOf(page);
  return compilePage('page.njk', {
    parsed: (name) => (sources[name] === undefined ? null : parseTemplate(sources[name], options)),
    environment: new nunjucks.Environment([], options) as nunjucks.Environment & Library,
    constants: { ...known },
    strict,
  });
}

/** The output of the compiled page; the reason if it can't be compiled. */
function rendered(page: string | Sources, { strict = false, known = constants as object } = {}): string {
  const result = compiled(page, { strict, known });
  return result.render === null
    ? `not compilable: ${result.reason}`
    : result.render({ ...constants, ...model });
}

const same = (page: string | Sources) => {
  const expected = byNunjucks(page);
  expect(rendered(page)).toBe(expected);
  // Without constants, everything is computed when the page is rendered.
  expect(rendered(page, { known: {} })).toBe(expected);
};

describe('a compiled page', () => {
  it.each(names)('prints %s as Nunjucks does, alone, in an attribute, marked as safe and joined', (name) => {
    const value = `${name}`;
    same(
      `{{ ${value} }}|<a b="{{ ${value} }}">{{ ${value} | safe }}{{ ${value} ~ 'x' }}{{ 'x' ~ ${value} ~ 1 ~ 2 }}`,
    );
  });

  it.each(names)('decides by %s as Nunjucks does', (name) => {
    same(
      `{% if ${name} %}a{% else %}b{% endif %}{% if not ${name} %}c{% endif %}{{ 'd' if ${name} }}{{ 'e' if not ${name} else 'f' }}` +
        `{{ ${name} or 'g' }}{{ ${name} and 'h' }}{{ (${name} or '') and (one or zero) }}`,
    );
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    'unknown',
    'undefined',
  ])('reads %s as Nunjucks does', (name) => {
    same(
      `{{ ${name} }}|{{ person.${name} }}|{{ name.${name} }}|{{ nothing.${name} }}|{{ person.nested.${name}.name }}`,
    );
    same(
      `{{ person['${name}'] }}|{{ zero.${name} }}|{{ list.${name} }}|{{ 'text'.${name} }}|{{ lang.${name} }}`,
    );
    same(`{{ 'a' if person.${name} else 'b' }}|{% if ${name} %}c{% endif %}|{{ person.${name} ~ '' }}`);
  });

  const expressions = [
    "'<b>'",
    '"a\\nb"',
    '1.5',
    'true',
    'none',
    '-1',
    '- one',
    '+one',
    '1 + 2 * 3',
    'one + 2 - 3',
    'one - 2 - 3',
    "'a' ~ 1 + 2",
    "one + 1 ~ 'a'",
    '7 // 2',
    'one // 2',
    '2 ** 3',
    '(one + 350) % 360',
    'one == 1',
    "one == '1'",
    "one === '1'",
    "lang == 'en'",
    "'en' != lang",
    'not one == 1',
    "not lang == 'en'",
    'not not one',
    '1 < one < 3',
    'one < 3 and zero < 1 or nothing',
    "'a' in person.tags",
    "'z' not in person.tags",
    "'name' in person",
    'one is defined',
    'unknown is defined',
    'missing is undefined',
    'one is not defined',
    'one is divisibleby(1)',
    'one is eq(1)',
    'nothing is null',
    'lang is string',
    'person.name',
    "person['first name']",
    'person[key]',
    'person.nested.deep.deeper',
    'person.nothing.deep.deeper',
    'list[1]',
    'list[99]',
    'list.length',
    'name.length',
    'lang.length',
    "path.startsWith('/login')",
    "lang.startsWith('e')",
    "'a|b'.split('|')[1]",
    "'a,b'.split(',')",
    "path.split('?')[0].length",
    'shout(name)',
    'shout(person.name)',
    "greet('Ada')",
    "greet('<Ada>', { mark: '?' })",
    'greet(name, { mark: markup })',
    "greet(name, mark='?')",
    '{ a: 1, b: [name, 2] }.b',
    "{ success: 'check', info: 'i' }[key]",
    "{ success: 'check', info: 'i' }['info']",
    '[1, 2, [3]]',
    '[name, markup]',
    "'yes' if name",
    "'yes' if nothing",
    "'<a>' if name == 'Ada' else markup",
    "(markup if one else 'x')",
    '((one))',
    'markup | safe',
    'markup | escape',
    'markup | upper',
    'marked | upper',
    "markup | replace('<', '[')",
    "lang | replace('e', '<')",
    "nothing | default('d')",
    "missing | default('<d>')",
    "list | join(', ')",
    "people | join(', ', 'name')",
    'list | length',
    'person.tags | first',
    'name | truncate(2, true)',
    'markup | striptags',
    'one | round(2)',
    "people | groupby('name') | dump",
    "people | selectattr('tags') | length",
    'list | last',
    'markup | nl2br',
    'languages[0].name',
    'languages.length',
    'languages[1]',
    'brand',
    'none',
    'marked',
    "marked ~ '<'",
    '(marked | safe).length',
    'range(3)',
    "cycler('a').next()",
  ];
  it.each(expressions)('computes {{ %s }} as Nunjucks does', (text) => {
    same(`[{{ ${text} }}]{% if ${text} %}y{% else %}n{% endif %}{% set v = ${text} %}({{ v }})`);
  });

  const statements: readonly (readonly [string, string | Sources])[] = [
    [
      'white space',
      ' a \n {% if one %} \n b {%- if one -%} \n c {% endif %}\n{% endif %}\n {{- name -}} \n d\n{# e #}\n f\n',
    ],
    ['raw parts', '{% raw %}{{ name }}{% if %}{% endraw %}{% verbatim %}{{ "x" }}{% endverbatim %}'],
    ['conditions in a row', '{% if zero %}a{% elif nothing %}b{% elif name %}c{% else %}d{% endif %}'],
    [
      'known conditions',
      "{% if lang == 'es' %}a{% elif lang == 'en' %}b{% else %}c{% endif %}{% if none %}d{% endif %}",
    ],
    [
      'a loop',
      '{% for item in list %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ loop.revindex }}{{ loop.length }}{{ item }},{% endfor %}',
    ],
    [
      'a loop over a known list',
      '{% for l in languages %}{{ loop.index0 }}{{ l.code }}{{ l.name }}{{ l.current }}{{ loop.last }}{{ name }}{% endfor %}',
    ],
    [
      'a loop over a list of the template',
      "{% for n in ['a', '<b>'] %}{{ n }}{{ loop.revindex0 }}{{ person[n] }}{% endfor %}",
    ],
    [
      'a loop over a dictionary of the template',
      "{% for k, v in { a: 1, b: name } %}{{ k }}{{ v }}{{ loop.index }}{% endfor %}{% for k, v in { a: 'x', b: 'y' } %}{{ k }}{{ v }}{{ 'z' if key == k }}{% endfor %}",
    ],
    [
      'a loop over an object',
      '{% for k, v in object %}{{ k }}={{ v }}{{ loop.index }}{{ loop.last }};{% endfor %}',
    ],
    ['a loop over pairs', '{% for k, v in pairs %}{{ k }}={{ v }}{{ loop.index }};{% endfor %}'],
    [
      'a loop over nothing',
      '{% for a in nothing %}{{ a }}{% else %}b{% endfor %}{% for a in emptyList %}{{ a }}{% else %}c{% endfor %}{% for a in [] %}x{% else %}d{{ a }}{% endfor %}{% for a, b in missing %}x{% else %}e{% endfor %}',
    ],
    [
      'a loop over other things',
      '{% for a in name %}{{ a }}.{% endfor %}{% for a in set %}{{ a }}{% endfor %}{% for a in object %}{{ a }}{% else %}none{% endfor %}{% for a in one %}x{% else %}y{% endfor %}',
    ],
    [
      'loops in loops',
      '{% for p in people %}{{ loop.index }}{% for t in p.tags %}{{ loop.index }}{{ t }}{{ p.name }}{% endfor %}{{ loop.index }}{% endfor %}',
    ],
    [
      'set',
      "{% set a = 1 %}{{ a }}{% set a = a + 1 %}{{ a }}{% set b, d = markup %}{{ b }}{{ d }}{% set name = 'new' %}{{ name }}",
    ],
    [
      'set in a condition',
      "{{ c }}{% if name %}{% set c = 'x' %}{% else %}{% set c = 'y' %}{% endif %}{{ c }}{% if zero %}{% set name = 'z' %}{% endif %}{{ name }}",
    ],
    [
      'set in a loop',
      '{% for p in people %}{% set other = p.name %}{{ other }}{% endfor %}{{ other }}{% for p in people %}{{ seen }}{% set seen = p.name %}{% endfor %}',
    ],
    [
      'set with a body',
      '{% set text %}<b>{{ name }}{% if one %}x{% endif %}</b>{% endset %}{{ text }}{{ text | safe }}',
    ],
    ['set in known loops', "{% for n in ['a', 'b'] %}{% set m = n ~ '!' %}{{ m }}{% endfor %}"],
    [
      'lists that change',
      "{% set parts = [] %}{% if parts.push('a') %}{% endif %}{% if parts.push(name) %}{% endif %}{{ parts | join('+') }}",
    ],
    ['a filter with a body', '{% filter upper %}a{{ markup }}{% if one %}b{% endif %}{% endfilter %}'],
    [
      'a macro',
      "{% macro m(a, b='<d>', d=1) %}[{{ a }}{{ b }}{{ d }}]{% endmacro %}{{ m(1) }}{{ m(markup, 2) }}{{ m(1, 2, 3) }}{{ m(d=5, a=4) }}{{ m(b=missing) }}{{ m() }}{{ m(1, d=name) }}{{ m(1, 2, 3, 4) }}",
    ],
    [
      'a macro that reads the model',
      '{% macro m(name) %}{{ name }}{{ lang }}{{ person.name }}{% endmacro %}{{ m() }}{{ m(1) }}{{ m(nothing) }}',
    ],
    [
      'a macro whose argument has the name of the model',
      "{% macro m(name='') %}{{ name }}{% endmacro %}{{ m() }}{{ m(missing) }}{{ m(name=missing) }}{{ m(nothing) }}{{ m(unknown.x) }}",
    ],
    [
      'macros in macros',
      "{% macro a(x) %}<{{ x }}>{% endmacro %}{% macro b(y, z=false) %}{{ a(y) }}{{ a(a(y)) }}{% if z %}{{ b2(z) }}{% endif %}{% endmacro %}{% macro b2(q) %}{{ q }}{% endmacro %}{{ b(name) }}{{ b(markup, z='!') }}",
    ],
    [
      'macros as values',
      "{% macro a(x) %}<i>{{ x }}</i>{% endmacro %}{% set v = a(name) %}{{ v }}{{ a('k') ~ '<' }}{{ a(one) | upper }}{% if a(1) %}y{% endif %}{{ a(2) if one else '' }}",
    ],
    [
      'set in a macro',
      "{% macro a(x, y='') %}{% set y = 'f-' ~ (y or x) %}{{ y }}{% if x %}{% set x = 'z' %}{% endif %}{{ x }}{% endmacro %}{{ a('1') }}{{ a(name, 'b') }}{{ y }}{{ a(nothing) }}",
    ],
    [
      'loops in a macro',
      '{% macro a(xs) %}{% for x in xs %}{{ loop.index }}{{ x }}{% else %}none{% endfor %}{% endmacro %}{% for p in people %}{{ a(p.tags) }}{% endfor %}',
    ],
    [
      'call',
      {
        'page.njk':
          '{% from "m.njk" import box with context %}{% set t = "T" %}{% call box(name) %}{{ t }}{{ person.name }}{% endcall %}{% for p in people %}{% call box(p.name) %}{{ loop.index }}{{ p.name }}{% endcall %}{% endfor %}{{ box("alone") }}',
        'm.njk':
          '{% macro box(title) %}<div>{{ title }}{{ caller() if caller }}{{ name }}</div>{% endmacro %}',
      },
    ],
    [
      'call with arguments',
      {
        'page.njk':
          '{% from "m.njk" import each %}{% call(item, n=2) each(list) %}{{ item }}{{ n }}{{ name }}{% endcall %}',
        'm.njk':
          '{% macro each(xs) %}{% for x in xs %}{{ caller(x) }}{{ caller(x, n=3) }}{% endfor %}{% endmacro %}',
      },
    ],
    [
      'call in call',
      {
        'page.njk':
          '{% from "m.njk" import box with context %}{% call box("a") %}{% call box("b") %}{{ title }}{{ name }}{% endcall %}{% endcall %}',
        'm.njk': '{% macro box(title) %}<{{ title }}>{{ caller() }}</>{% endmacro %}',
      },
    ],
    [
      'imports',
      {
        'page.njk':
          '{% import "m.njk" as forms with context %}{% import "m.njk" as bare %}{% from "m.njk" import a as b, v with context %}{{ forms.a(1) }}{{ bare.a(2) }}{{ b(3) }}{{ v }}{{ forms.v }}{{ bare.v }}{{ forms.unknown }}',
        'm.njk':
          '{% set v = name ~ "!" %}{% macro a(x) %}{{ x }}{{ name }}{{ v }}{% endmacro %}{% macro _private() %}{% endmacro %}out',
      },
    ],
    [
      'an import that takes the name of the model',
      {
        'page.njk': '{% from "m.njk" import person as name with context %}{{ name("x") }}{{ person.name }}',
        'm.njk':
          '{% from "n.njk" import list with context %}{% macro person(x) %}{{ list(x) }}{{ name }}{% endmacro %}',
        'n.njk': '{% macro list(x) %}({{ x }}{{ name }}){% endmacro %}',
      },
    ],
    [
      'includes',
      {
        'page.njk':
          '{% set a = 1 %}{% for p in people %}{% include "i.njk" %}{% endfor %}{% include "none.njk" ignore missing %}{{ b }}{% if one %}{% include "i.njk" %}{% endif %}',
        'i.njk': '{% set b = 2 %}{{ a }}{{ b }}{{ p.name }}{{ loop.index }}{{ name }}\n',
      },
    ],
    [
      'an include in a macro',
      {
        'page.njk': '{% macro m(name, x=1) %}{% include "i.njk" %}{% endmacro %}{{ m("arg") }}{{ m() }}',
        'i.njk': '{{ name }}{{ x }}{{ lang }}',
      },
    ],
    [
      'blocks',
      {
        'page.njk':
          'lost{% extends "l.njk" %}{% set s = "S" %}{% from "m.njk" import a %}{% block one %}1{{ a(name) }}{{ s }}{% endblock %}{{ lost }}{% block two %}<{{ super() }}|{{ super() }}>{% endblock %}',
        'l.njk':
          '{% set u = "U" %}{% block zero %}0{{ u }}{% block inner %}i{{ s }}{% endblock %}{% endblock %}-{% block one %}x{% endblock %}-{% block two %}2{{ markup }}{{ u }}{% endblock %}{% if zero %}{% block three %}3{% endblock %}{% endif %}{{ s }}',
        'm.njk': '{% macro a(x) %}{{ x }}{{ s }}{% endmacro %}',
      },
    ],
    [
      'three levels of blocks',
      {
        'page.njk': '{% extends "b.njk" %}{% block x %}p{{ super() }}{% endblock %}',
        'b.njk':
          '{% extends "c.njk" %}{% block x %}b{{ super() }}{% endblock %}{% block y %}y{{ name }}{% endblock %}',
        'c.njk': '{% block x %}c{% if one %}{{ name }}{% endif %}{% endblock %}{% block y %}{% endblock %}',
      },
    ],
    [
      'set in blocks',
      {
        'page.njk':
          '{% extends "l.njk" %}{% block a %}{% set x = name %}{{ x }}{% for p in people %}{% set y = p.name %}{{ y }}{% endfor %}{{ y }}{% endblock %}',
        'l.njk': '{% block a %}{% endblock %}{{ x }}{% block b %}{{ x }}{% endblock %}',
      },
    ],
    [
      'an include that extends',
      {
        'page.njk': '{% block a %}A{% endblock %}{% include "i.njk" %}',
        'i.njk': '{% extends "l.njk" %}{% block a %}I{{ name }}{% endblock %}',
        'l.njk': '({% block a %}L{% endblock %})',
      },
    ],
    [
      'import in a block',
      {
        'page.njk':
          '{% block a %}{% from "m.njk" import x %}{{ x(name) }}{% endblock %}{% block b %}{{ x(1) }}{% endblock %}',
        'm.njk': '{% macro x(y) %}[{{ y }}]{% endmacro %}',
      },
    ],
    [
      'texts that could end the code',
      '"; throw 1; //`$' +
        '{1}`\u2028\u2029</script>\\{{ "\\"; throw 1; //" }}{{ "a\u2028" }}{% set a = "`" %}{{ a }}{{ person["\\"]; throw 1; //"] }}',
    ],
  ];
  it.each(statements)('renders %s as Nunjucks does', (_what, page) => {
    same(page);
  });

  const unsupported: readonly (readonly [string, string | Sources, string])[] = [
    ['a computed name', '{% include key %}', 'it includes a template whose name is computed'],
    ['a computed parent', '{% extends key %}', 'it extends a template whose name is computed'],
    ['a missing template', '{% include "none.njk" %}', 'the template "none.njk" does not exist'],
    ['an unknown filter', '{{ name | unknown }}', 'it uses the unknown filter "unknown"'],
    ['a prototype name as a filter', '{{ name | constructor }}', 'it uses the unknown filter "constructor"'],
    ['an unknown test', '{{ name is unknown }}', 'it uses the unknown test "unknown"'],
    [
      'a circle of includes',
      '{% include "page.njk" %}',
      'its templates or macros use each other in a circle',
    ],
    [
      'a macro that calls itself',
      '{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(one) }}',
      'its templates or macros use each other in a circle',
    ],
    ['asynchronous tags', '{% asyncEach a in list %}{{ a }}{% endeach %}', 'it uses AsyncEach'],
    [
      'an import in a condition',
      {
        'page.njk': '{% if one %}{% from "m.njk" import a %}{% endif %}',
        'm.njk': '{% macro a() %}{% endmacro %}',
      },
      'it imports in a branch or loop',
    ],
    [
      'a variable that a loop changes',
      '{% set n = 0 %}{% for p in people %}{% set n = n + 1 %}{% endfor %}{{ n }}',
      '{% set n %} in a loop changes a variable that may be undefined',
    ],
    ['a macro that is printed', '{% macro m() %}{% endmacro %}{{ m }}', 'it uses a macro as a value'],
    ['a regular expression', '{{ r/a/ }}', 'it has a regular expression'],
    ['a method that could change a constant', '{{ languages.pop() }}', 'it calls a method of a constant'],
  ];
  it.each(unsupported)('gives the reason if it has %s', (_what, page, reason) => {
    expect(rendered(page)).toBe(`not compilable: ${reason}`);
  });

  it('throws for a call of something that is not a function', () => {
    expect(() => rendered('{{ unknown() }}')).toThrow(
      'Unable to call `unknown`, which is undefined or falsey',
    );
    expect(() => rendered('{{ person.name() }}')).toThrow(
      'Unable to call `person["name"]`, which is not a function',
    );
  });

  it('holds what is known as one text', () => {
    const page = "{{ brand }}, {{ greet('Ada') }} {% for l in languages %}{{ l.code }} {% endfor %}";
    const result = compiled(page);
    expect(result.render === null ? '' : result.code).toContain(
      'o += "Ada &amp; &lt;Bob&gt;, Hello Ada! en ar ";',
    );
  });
});

describe('a strict compiled page', () => {
  const strict = (page: string | Sources) => rendered(page, { strict: true });

  it.each([
    ['a variable', '{{ persn }}', 'page.njk names a variable that does not exist: "persn".'],
    ['a property', '{{ person.nickame }}', 'page.njk names a property that does not exist: "nickame".'],
    [
      'a property of a constant',
      '{{ lang.nickame }}',
      'page.njk names a property that does not exist: "nickame".',
    ],
    ['a property in a condition', '{% if not person.nickame %}{% endif %}', '"nickame"'],
    ['a list', '{% for a in posst %}{% endfor %}', '"posst"'],
    ['a property of the loop', '{% for a in list %}{{ loop.indx }}{% endfor %}', '"indx"'],
    ['a method', '{{ path.beginsWith("/") }}', '"beginsWith"'],
    ['an argument', '{% macro m(a) %}{% endmacro %}{{ m(titel) }}', '"titel"'],
  ])('fails if it misspells %s', (_what, page, message) => {
    expect(() => strict(page)).toThrow(message);
  });

  it('names the template with the misspelling', () => {
    const page = {
      'page.njk': '{% from "m.njk" import a %}{{ a(person) }}',
      'm.njk': '{% macro a(b) %}{{ b.nam }}{% endmacro %}',
    };
    expect(() => strict(page)).toThrow('m.njk names a property that does not exist: "nam".');
  });

  it.each([
    ['null and undefined', '{{ nothing }}{{ missing }}{{ person.nothing.title }}{{ list[99] }}'],
    [
      'arguments that are left out',
      "{% macro m(a, b='x') %}{{ a }}{{ b }}{{ caller() if caller }}{% endmacro %}{{ m() }}{{ m(missing, b=missing) }}",
    ],
    ['methods', "{{ path.startsWith('/') }}{{ 'a|b'.split('|')[1] }}"],
    [
      'its own variables',
      '{% set a = 1 %}{% for p in people %}{{ a }}{{ loop.index }}{{ p.name }}{% endfor %}',
    ],
  ])('renders %s', (_what, page) => {
    expect(strict(page)).toBe(byNunjucks(page));
  });
});
