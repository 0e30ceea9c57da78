import { describe, expect, it } from 'vitest';
import { byNunjucks, compiled, rendered, type Sources } from '../../../tests/support/compiled-template.ts';

describe('a compiled page', () => {
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
