import { describe, it } from 'vitest';
import { expectSame, names } from '../../../tests/support/compiled-template.ts';

describe('an expression of a compiled page', () => {
  it.each(names)('prints %s as Nunjucks does, alone, in an attribute, marked as safe and joined', (name) => {
    const value = `${name}`;
    expectSame(
      `{{ ${value} }}|<a b="{{ ${value} }}">{{ ${value} | safe }}{{ ${value} ~ 'x' }}{{ 'x' ~ ${value} ~ 1 ~ 2 }}`,
    );
  });

  it.each(names)('decides by %s as Nunjucks does', (name) => {
    expectSame(
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
    expectSame(
      `{{ ${name} }}|{{ person.${name} }}|{{ name.${name} }}|{{ nothing.${name} }}|{{ person.nested.${name}.name }}`,
    );
    expectSame(
      `{{ person['${name}'] }}|{{ zero.${name} }}|{{ list.${name} }}|{{ 'text'.${name} }}|{{ lang.${name} }}`,
    );
    expectSame(`{{ 'a' if person.${name} else 'b' }}|{% if ${name} %}c{% endif %}|{{ person.${name} ~ '' }}`);
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
    'not one ~ markup',
    'not one + markup',
    'not markup == one ~ markup',
    'not one - 1',
    'zero - markup',
    '-markup',
    'one * markup',
    'markup + markup',
    'one and markup',
    'nothing or markup',
    'markup if one else 1',
    'one if nothing else markup',
    '(one == 1) ~ markup',
    'one in markup',
    '[markup]',
    '{ a: markup }.a',
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
    expectSame(`[{{ ${text} }}]{% if ${text} %}y{% else %}n{% endif %}{% set v = ${text} %}({{ v }})`);
  });
});
