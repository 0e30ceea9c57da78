import { describe, it } from 'vitest';
import { expectSame, type Sources } from '../../../tests/support/compiled-template.ts';

describe('a compiled page', () => {
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
    expectSame(page);
  });
});
