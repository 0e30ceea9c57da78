import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { templateLoaders } from './template-loader.ts';

const model = {
  person: { nickname: 'ada', picture: null, about: undefined },
  posts: [{ id: '1' }],
  none: null,
};

/** The output of a page with this template and the model. */
function render(page: string, { strict = true }: { readonly strict?: boolean } = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-views-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'partials'));
  const macro = '{% macro card(someone, size=1) %}{{ someone.nickame }}{{ size }}{% endmacro %}';
  writeFileSync(join(directory, 'layout.njk'), '{% block content %}{% endblock %}');
  writeFileSync(join(directory, 'partials/card.njk'), macro);
  writeFileSync(
    join(directory, 'partials/empty.njk'),
    '{% macro box(title) %}{{ title }}{{ caller() if caller }}{% endmacro %}',
  );
  writeFileSync(join(directory, 'page.njk'), page);
  const options = { autoescape: true };
  const environment = new nunjucks.Environment(
    templateLoaders(directory, undefined, { options, strict }),
    options,
  );
  return environment.render('page.njk', model);
}

describe('a strict template', () => {
  it.each([
    ['a variable', '{{ persn }}', 'page.njk names a variable that does not exist: "persn".'],
    ['a property', '{{ person.nickame }}', 'page.njk names a property that does not exist: "nickame".'],
    ['a property of a variable of the template', '{% set p = person %}{{ p.nickame }}', '"nickame"'],
    ['a variable in a condition', '{% if persn %}{% endif %}', '"persn"'],
    ['a property in a condition', '{% if person.nickame %}{% endif %}', '"nickame"'],
    ['a property in a negated condition', '{% if not person.pictur %}{% endif %}', '"pictur"'],
    ['a variable in an inline condition', "{{ 'x' if persn else 'y' }}", '"persn"'],
    ['a list', '{% for post in posst %}{% endfor %}', '"posst"'],
    ['a property in a loop', '{% for post in posts %}{{ post.idd }}{% endfor %}', '"idd"'],
    ['a variable in a loop', '{% for post in posts %}{{ pst.id }}{% endfor %}', '"pst"'],
    ['a property of the loop', '{% for post in posts %}{{ loop.indx }}{% endfor %}', '"indx"'],
    [
      'a variable in a block',
      '{% extends "layout.njk" %}{% block content %}{{ persn }}{% endblock %}',
      '"persn"',
    ],
    ['a property in a macro', '{% from "partials/card.njk" import card %}{{ card(person) }}', '"nickame"'],
    [
      'a variable in a call',
      '{% from "partials/empty.njk" import box %}{% call box("a") %}{{ b }}{% endcall %}',
      '"b"',
    ],
    ['an argument', '{% from "partials/empty.njk" import box %}{{ box(titel) }}', '"titel"'],
  ])('refuses to render if it misspells %s', (_what, page, message) => {
    expect(() => render(page)).toThrow(message);
  });

  it('names the template with the misspelling, not the one that imports it', () => {
    const page = '{% from "partials/card.njk" import card %}{{ card(person) }}';
    expect(() => render(page)).toThrow('partials/card.njk names a property');
  });

  it.each([
    ['a value that is null or undefined', '{{ none }}{{ person.picture }}{{ person.about }}', ''],
    ['a property of null', '{{ none.title }}{% if person.picture.url %}a{% endif %}', ''],
    ['a place beyond the end of a list', '{{ posts[7] }}', ''],
    ['methods and lengths', "{{ posts.length }}{{ 'a|b'.split('|')[1] }}", '1b'],
    ['arguments that are left out', '{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m() }}', '2'],
    ['a macro without a caller', '{% from "partials/empty.njk" import box %}{{ box("a") }}', 'a'],
    [
      'variables of the template',
      '{% set a = 1 %}{% for post in posts %}{{ a }}{{ loop.index }}{% endfor %}',
      '11',
    ],
  ])('renders %s', (_what, page, html) => {
    expect(render(page)).toBe(html);
  });
});

describe('a lenient template', () => {
  it('shows nothing for a misspelt name', () => {
    expect(render('{{ persn }}{% if person.nickame %}a{% endif %}!', { strict: false })).toBe('!');
  });
});
