import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySearchIndex, memoryStorage } from '../packages/core/src/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFile(join(root, path), 'utf8');

/** Every code block of the page, as it is in a file that is tested or run by its tests. */
const shown = [
  'examples/custom-search/contracts.test.ts',
  'examples/custom-search/mini-search-index.js',
  'examples/custom-search/mini-search-index.test.ts',
  'examples/custom-search/app.js',
  'examples/custom-storage/json-file-storage.js',
  'examples/custom-storage/json-file-storage.test.ts',
];

describe('docs/adapters.md', () => {
  it('shows code of the examples as it is, and no other', async () => {
    const blocks = [...(await read('docs/adapters.md')).matchAll(/```\w+\n(.*?)```/gs)].map(
      ([, code]) => code,
    );
    expect(blocks).toEqual(await Promise.all(shown.map(read)));
  });

  it('links to files that exist', async () => {
    const links = [...(await read('docs/adapters.md')).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(
      ([, path]) => path ?? [],
    );
    expect(links.length).toBeGreaterThan(5);
    for (const path of links.filter((link) => /\.\w+$/.test(link)))
      await read(join(dirname('docs/adapters.md'), path));
  });

  it('says right how small an index can be', async () => {
    const lines = (await read('examples/custom-search/mini-search-index.js')).split('\n').length - 1;
    expect(lines).toBeLessThan(100);
  });

  it('names every method of the two ports', async () => {
    const page = await read('docs/adapters.md');
    const methods = Object.entries({ ...memorySearchIndex(), transaction: memoryStorage().transaction })
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    for (const method of methods) expect(page).toContain(`\`${method}`);
  });
});
