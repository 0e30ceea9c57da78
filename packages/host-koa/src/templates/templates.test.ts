import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { templates } from './templates.ts';

const directory = fileURLToPath(new URL('../../views', import.meta.url));
const pages = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.njk') && !name.startsWith('partials/'),
);

/** Templates of ours, with those of a host over them. */
function withOwn(files: Readonly<Record<string, string>> = {}, { strict = false, development = false } = {}) {
  const own = mkdtempSync(join(tmpdir(), 'microblog-views-'));
  onTestFinished(() => rmSync(own, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  const logged: object[] = [];
  const log = (details: object) => void logged.push(details);
  const logger = { debug: log, info: log, warn: log, error: log };
  return { ...templates({ directory, own, strict, development, logger }), logged };
}

const quote = {
  url: '/posts/1',
  authorUrl: '/user/ada',
  post: {
    language: null,
    bodyHtml: 'a<br>b',
    author: { nickname: 'ada' },
    createdAt: { iso: '2026-11-30', exact: 'today' },
  },
};

describe('templates', () => {
  it.each(pages)('compile our %s', (name) => {
    for (const strict of [false, true]) {
      const { compiled, logged } = withOwn({}, { strict });
      expect([compiled(name) === null, logged]).toEqual([false, []]);
    }
  });

  it('compile a host’s template that replaces or extends ours', async () => {
    const files = {
      'embeds/quote.njk': '{% include "microblog/embeds/quote.njk" %}!{{ url }}',
      'partials/brand.njk': '<b>{{ brand }}</b>',
    };
    const { compiled, byNunjucks } = withOwn(files);
    const html = compiled('embeds/quote.njk')?.(quote);
    expect(html).toMatch(/^<blockquote .*!\/posts\/1$/s);
    expect(html).toBe(await byNunjucks('embeds/quote.njk', quote));
  });

  it('keep the function of a page for the same constants', () => {
    const { compiled } = withOwn();
    const [english, spanish] = [{ lang: 'en' }, { lang: 'es' }];
    expect(compiled('home.njk', english)).toBe(compiled('home.njk', english));
    expect(compiled('home.njk', english)).not.toBe(compiled('home.njk', spanish));
  });

  it('log once why a template is not compiled', () => {
    const { compiled, logged } = withOwn({ 'embeds/quote.njk': '{% include name %}' });
    const spanish = { lang: 'es' };
    expect([compiled('embeds/quote.njk'), compiled('embeds/quote.njk', spanish)]).toEqual([null, null]);
    expect(logged).toEqual([
      { template: 'embeds/quote.njk', reason: 'it includes a template whose name is computed' },
    ]);
  });

  it('are not compiled in development', () => {
    expect(withOwn({}, { development: true }).compiled('home.njk')).toBe(null);
  });

  it('report a fault with its place, as Nunjucks does', () => {
    const { compiled } = withOwn({ 'embeds/quote.njk': '\n{{ url.missing() }}' });
    expect(() => compiled('embeds/quote.njk')?.(quote)).toThrow(/embeds\/quote\.njk\) \[Line 1, Column 14\]/);
  });

  it('fail for a missing name if they are strict', () => {
    const { compiled } = withOwn({ 'embeds/quote.njk': '{{ post.bdy }}' }, { strict: true });
    expect(() => compiled('embeds/quote.njk')?.(quote)).toThrow(
      'embeds/quote.njk names a property that does not exist: "bdy".',
    );
  });
});
