import { glob, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventNames } from '../packages/core/src/index.ts';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

/** Without the indentation of its lines, since a page may show what lies deeper in a file. */
const lines = (code: string) => code.split('\n').map((line) => line.trim());

/** The sources of the examples, which their own tests run. */
async function examples(): Promise<string[]> {
  const sources: string[] = [];
  for await (const path of glob('examples/*/*.{js,ts,tsx}', { cwd: `${import.meta.dirname}/..` }))
    sources.push(await read(path));
  return sources;
}

describe.each(['README.md', 'docs/embedding.md', 'docs/events.md', 'docs/headless.md'])('%s', (page) => {
  it('shows code of the examples as it is', async () => {
    const sources = (await examples()).map((source) => `\n${lines(source).join('\n')}`);
    const shown = [...(await read(page)).matchAll(/^```(?:js|tsx?)\n(.*?)^```$/gms)].map(
      ([, code = '']) => code,
    );
    expect(shown.length).toBeGreaterThan(1);
    for (const code of shown) {
      const isTested = sources.some((source) => source.includes(`\n${lines(code).join('\n')}`));
      expect(isTested, code).toBe(true);
    }
  });

  it('links to files and headings that exist', async () => {
    const text = await read(page);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]+)?\)/g)];
    expect(links.length).toBeGreaterThan(2);
    for (const [, path = '', heading] of links) {
      const target = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!/\.\w+$/.test(target)) continue;
      const linked = await read(target);
      if (heading !== undefined) expect(headings(linked), `${path}${heading}`).toContain(heading);
    }
  });
});

/** The anchors that GitHub makes of a page's headings. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(
    ([, title = '']) =>
      `#${title
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-')}`,
  );
}

describe('examples', () => {
  it('open the microblog in the same way, whatever it is mounted in', async () => {
    const [first, ...others] = await Promise.all(
      ['express', 'fastify', 'hono', 'koa', 'plain-http'].map((name) => read(`examples/${name}/blog.js`)),
    );
    for (const other of others) expect(other).toBe(first);
  });
});

describe('README.md', () => {
  it('shows two examples as wholes', async () => {
    for (const path of ['examples/headless/main.js', 'examples/express/app.js', 'examples/express/blog.js']) {
      expect(await read('README.md')).toContain(`\`\`\`js\n${await read(path)}\`\`\``);
    }
  });

  it('names scripts that there are', async () => {
    const { scripts } = JSON.parse(await read('package.json'));
    const named = [...(await read('README.md')).matchAll(/npx -y pnpm@12 ([\w:-]+)/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

describe('docs/events.md', () => {
  it('has a line for every event, with its facts', async () => {
    const rows = [...(await read('docs/events.md')).matchAll(/^\| `(\w+\.\w+)` \|/gm)].map(
      ([, name]) => name,
    );
    expect(rows).toEqual(eventNames);
  });
});
