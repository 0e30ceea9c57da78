import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createMicroblog, memoryStorage } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKoaApp, readTheme, type Theming } from '../../src/index.ts';
import { hostOpener, SECRET_KEY } from '../support/host.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'microblog-theme-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
}

/** Serves a host with this theme. */
async function pagesOf(app: Theming & { readonly strictTemplates?: boolean }, basePath = '') {
  const host = await hostOpener({ basePath })({ app });
  return {
    host,
    get: async (path: string, headers: Record<string, string> = {}) => fetch(host.url + path, { headers }),
    async [Symbol.asyncDispose]() {
      await host.close();
      expect(host.failures).toEqual([]);
    },
  };
}

const start = (theming: Theming) =>
  createKoaApp(createMicroblog({ storage: memoryStorage() }), { secretKeys: [SECRET_KEY], ...theming });

describe('readTheme', () => {
  it('takes an empty folder', () => {
    expect(readTheme(directory)).toEqual({});
  });

  it('reads every part', async () => {
    await write({
      'theme.json': '{ "brand": "Here" }',
      'views/partials/brand.njk': 'x',
      'assets/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'locales/es/pages.json': '{ "layout": { "write": "Anotar" } }',
      'locales/es/site.json': '{ "a": { "b": "c" } }',
    });
    expect(readTheme(directory)).toEqual({
      brand: 'Here',
      views: join(directory, 'views'),
      assets: join(directory, 'assets'),
      locales: { es: { pages: { layout: { write: 'Anotar' } }, site: { a: { b: 'c' } } } },
    });
  });

  it.each([
    ['theme.json', '{', /theme\.json: .*JSON/],
    [
      'theme.json',
      '{ "colour": "red" }',
      /theme\.json: there is no option 'colour': the options are brand, theme, footer/,
    ],
    ['theme.json', '{ "theme": { "accent": "red;" } }', /theme\.json: .*theme\.accent/],
    ['theme.json', '{ "theme": { "accent": "rde" } }', /theme\.json: theme\.accent: expected a CSS colour/],
    [
      'theme.json',
      '{ "theme": { "ink": { "light": "#000", "dark": "#12" } } }',
      /theme\.ink\.dark: expected a CSS colour/,
    ],
    ['templates/home.njk', 'x', /no part of a theme; expected theme\.json, views/],
    [
      'locales/en/pages.json',
      '{ "layout": { "abot": "a" } }',
      /locales\.en\.pages: there is no text "layout\.abot"/,
    ],
    ['locales/en/pages.json', '["a"]', /pages\.json: expected texts/],
    ['locales/en/pages.json', '{ "layout": 1 }', /pages\.json: expected texts/],
    ['locales/xx_YY/pages.json', '{}', /"xx_YY" is not a language tag/],
    ['locales/note.txt', 'a', /note\.txt can't be read/],
  ])('names the file and the fault: %s with %s', async (name, content, message) => {
    await write({ [name]: content });
    expect(() => readTheme(directory)).toThrow(message);
  });

  it('names a folder that is missing', () => {
    expect(() => readTheme(join(directory, 'nowhere'))).toThrow(/nowhere can't be read/);
  });
});

describe('a template of a host’s own', () => {
  it('replaces ours, and may include it', async () => {
    await write({
      'partials/footer.njk':
        '<p id="own">{{ brand }} <!-- {% include "microblog/partials/footer.njk" %} --></p>',
    });
    await using pages = await pagesOf({ views: directory, brand: '<Here>', footer: { text: 'Ours' } });
    const html = await (await pages.get('/login')).text();
    expect(html).toContain('<p id="own">&lt;Here&gt;');
    expect(html).toContain('Ours');
  });

  it('that can’t be compiled stops the start, with its name and line', async () => {
    await write({ 'home.njk': 'a\n{% if %}' });
    expect(() => start({ views: directory })).toThrow(/views: home\.njk is not a valid template: .*Line 2/);
  });

  it.each([
    [{ 'partials/brnd.njk': 'x' }, /views: partials\/brnd\.njk replaces none of our templates/],
    [{ 'home.html': 'x' }, /views: home\.html is not a template; their names end in \.njk/],
    [{ 'home.njk': '{% extends "microblog/hme.njk" %}' }, /home\.njk names "microblog\/hme\.njk": /],
    [{ 'home.njk': '{%- include "hours.njk" -%}' }, /home\.njk names "hours\.njk": /],
  ])('that would never be used, or names a missing template, stops the start: %j', async (files, message) => {
    await write(files);
    expect(() => start({ views: directory })).toThrow(message);
  });

  it('may include other own templates, and optional ones that are missing', async () => {
    await write({
      'partials/footer.njk':
        '{% include "hours.njk" %}{% include "sale.njk" ignore missing %}{% from "macros/all.njk" import hi %}{{ hi() }}',
      'hours.njk': 'From nine',
      'macros/all.njk': '{% macro hi() %}Hi!{% endmacro %}',
      '.DS_Store': 'x',
    });
    await using pages = await pagesOf({ views: directory });
    expect(await (await pages.get('/login')).text()).toContain('From nineHi!');
  });

  it('may misspell a name: it prints nothing', async () => {
    await write({ 'partials/footer.njk': '<p id="own">{{ brnd }}{{ footer.txt }}</p>' });
    await using pages = await pagesOf({ views: directory, strictTemplates: false });
    expect(await (await pages.get('/login')).text()).toContain('<p id="own"></p>');
  });

  it('that misspells a name fails the page if templates are strict, and the log has its name', async () => {
    await write({ 'partials/footer.njk': '{% if footer.txt %}x{% endif %}' });
    const host = await hostOpener()({ app: { views: directory, strictTemplates: true } });
    const { status } = await fetch(`${host.url}/login`);
    await host.close();
    expect(status).toBe(500);
    const [failure] = host.failures;
    expect(String((failure as { err: Error }).err)).toMatch(/partials\/footer\.njk names a property .*"txt"/);
  });

  it('needs a folder that is there', () => {
    expect(() => start({ views: join(directory, 'nowhere') })).toThrow(/views: .*nowhere can't be read/);
  });
});

describe('files of a host’s own', () => {
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

  it('are served under the base path, for ever, in the best encoding', async () => {
    const sheet = '.a { background: url("dot.png"), url(https://example.org/x.png) }';
    await write({ 'theme.css': sheet, 'dot.png': picture, '.DS_Store': 'x' });
    await using pages = await pagesOf({ assets: directory }, '/blog');
    const html = await (await pages.get('/login')).text();
    const [, href = ''] = /href="\/blog(\/assets\/theme\.[0-9a-f]{8}\.css)"/.exec(html) ?? [];
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await pages.get(href, { 'Accept-Encoding': encoding });
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(await answer.text()).toMatch(
        /^\.a \{ background: url\(dot\.[0-9a-f]{8}\.png\), url\(https:\/\/example\.org\/x\.png\) \}$/,
      );
    }
  });

  it('replace ours with the same name', async () => {
    await write({ 'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg" id="own"/>' });
    await using pages = await pagesOf({ assets: directory });
    const html = await (await pages.get('/login')).text();
    const [, href = ''] = /rel="icon"[^>]*href="([^"]+)"/.exec(html) ?? [];
    expect(await (await pages.get(href)).text()).toContain('id="own"');
  });

  it('are not found by their plain names, nor outside of the folder', async () => {
    await write({ 'dot.png': picture });
    await using pages = await pagesOf({ assets: directory });
    for (const path of ['/assets/dot.png', '/assets/..%2fdot.png', '/assets/dot.00000000.png']) {
      expect((await pages.get(path)).status).toBe(404);
    }
  });

  it.each([
    ['notes.txt', 'a', /notes\.txt can't be served/],
    ['a b.png', 'a', /a b\.png can't be served/],
    ['fonts/a.woff2', 'a', /fonts is not a file/],
    ['big.png', Buffer.alloc(2 * 1024 * 1024 + 1), /big\.png is larger than 2 MB/],
  ])('that can’t be served stop the start: %s', async (name, content, message) => {
    await write({ [name]: content });
    expect(() => start({ assets: directory })).toThrow(message);
  });
});

describe('brand, colours and footer', () => {
  it('are unchanged by default', async () => {
    await using pages = await pagesOf({});
    const html = await (await pages.get('/login')).text();
    expect(html).toContain('· Microblog</title>');
    expect(html).not.toContain('<footer');
    expect(html.match(/rel="stylesheet"/g)).toHaveLength(1);
  });

  it('colour the bars of browsers, too', async () => {
    await using pages = await pagesOf({ theme: { surface: { light: '#fffdf8', dark: '#17130f' } } });
    const html = await (await pages.get('/login')).text();
    expect(html).toContain('name="theme-color" content="#fffdf8"');
    expect(html).toContain('name="theme-color" content="#17130f"');
  });

  it.each([
    [{ brand: ' ' }, 'createKoaApp: brand: expected a name of 1 to 60 characters'],
    [{ theme: { accent: 'red;' } }, 'createKoaApp: theme.accent: expected a CSS colour, such as teal'],
    [
      { theme: { accent: 1 } },
      "createKoaApp: theme.accent: expected a CSS colour, such as teal, '#0a7468' or oklch(…), or { light, dark } with two of them",
    ],
    [{ theme: 'red' }, 'createKoaApp: theme: expected an object of colours, font and radius'],
    [{ theme: { radius: 'a;b' } }, 'createKoaApp: theme.radius: expected a CSS value of 1 to 200 characters'],
    [
      { theme: { onAcent: 'red' } },
      "createKoaApp: theme: there is no option 'onAcent': did you mean 'onAccent'?",
    ],
    [
      { theme: { colour: 'red' } },
      "createKoaApp: theme: there is no option 'colour': the options are accent",
    ],
    [{ footer: { text: '' } }, 'createKoaApp: footer.text: expected a text that is not empty'],
    [
      { footer: { links: [{ text: 'a', href: 'javascript:a' }] } },
      'createKoaApp: footer.links.0.href: expected a path, or an address with https:',
    ],
  ])('that can’t be used stop the start: %j', (theming, message) => {
    expect(() => start(theming as object)).toThrow(message);
  });
});
