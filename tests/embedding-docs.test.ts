import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
const EXAMPLE = 'examples/own-users-and-database';

/** Documentation shows parts of a file further left. */
const unindented = (code: string) => code.replace(/^ +/gm, '');

describe.each(['docs/embedding-users.md', 'docs/embedding-database.md'])('%s', (page) => {
  it('shows code as it is in the example, which its own test runs', async () => {
    const files = await Promise.all(
      ['app.ts', 'shop.ts', 'import-customers.ts'].map((file) => read(`${EXAMPLE}/${file}`)),
    );
    const blocks = [...(await read(page)).matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) {
      expect(
        files.some((file) => unindented(file).includes(unindented(block))),
        block,
      ).toBe(true);
    }
  });

  it('links to files that exist, and names options that there are', async () => {
    const links = [...(await read(page)).matchAll(/\]\((?!https?:)([^)#]+)/g)].flatMap(
      ([, path]) => path ?? [],
    );
    expect(links.length).toBeGreaterThan(0);
    for (const path of links.filter((link) => /\.\w+$/.test(link))) await read(`docs/${path}`);
    const options = await read('packages/host-koa/src/host-users/host-sign-in.ts');
    for (const name of ['authenticate', 'loginUrl', 'logoutUrl', 'authenticateTimeout', 'avatarOrigins']) {
      expect(options).toContain(name);
    }
  });
});
