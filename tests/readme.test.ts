import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

describe('README.md', () => {
  it.each(['examples/headless/main.js', 'examples/plain-http/app.js'])(
    'shows %s as it is, which its own test runs',
    async (path) => {
      expect(await read('README.md')).toContain(`\`\`\`js\n${await read(path)}\`\`\``);
    },
  );

  it('links to files that exist', async () => {
    const readme = await read('README.md');
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, path]) => path ?? []);
    expect(links.length).toBeGreaterThan(5);
    for (const path of links.filter((link) => /\.\w+$/.test(link))) await read(path);
  });

  it('names scripts that there are', async () => {
    const { scripts } = JSON.parse(await read('package.json'));
    const named = [...(await read('README.md')).matchAll(/npx -y pnpm@12 ([\w:-]+)/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
