import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventNames, memorySearchIndex, memoryStorage } from '../../packages/core/src/index.ts';
import { filesOf, workspace } from './pages.ts';

const read = (path: string) => readFileSync(join(workspace, path), 'utf8');

it('README.md shows two examples as wholes', () => {
  for (const path of ['examples/headless/app.js', 'examples/express/app.js', 'examples/express/blog.js'])
    expect(read('README.md')).toContain(`\`\`\`js\n${read(path)}\`\`\``);
});

it('examples open the microblog in the same way, whatever it is mounted in', () => {
  const mounted = ['express', 'fastify', 'hono', 'koa', 'plain-http'];
  const [first, ...others] = mounted.map((name) => read(`examples/${name}/blog.js`));
  for (const other of others) expect(other).toBe(first);
});

it('examples/README.md lists every example', () => {
  const listed = [...read('examples/README.md').matchAll(/\[([\w-]+)\]\(\1\)/g)].map(([, name]) => name);
  expect(listed.sort()).toEqual(filesOf('examples/*/package.json').map((path) => path.split('/')[1]));
});

it('docs/events.md has a line for every event, with its facts', () => {
  const rows = [...read('docs/events.md').matchAll(/^\| `(\w+\.\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(eventNames);
});

it('docs/embedding-users.md names options that there are', () => {
  const options = read('packages/host-koa/src/http/host-users/host-sign-in.ts');
  for (const name of ['authenticate', 'loginUrl', 'logoutUrl', 'authenticateTimeout', 'avatarOrigins']) {
    expect([read('docs/embedding-users.md'), options]).toEqual([
      expect.stringContaining(name),
      expect.stringContaining(name),
    ]);
  }
});

it('docs/adapters.md names every method of the two ports, and says right how small an index can be', () => {
  const methods = Object.entries({ ...memorySearchIndex(), transaction: memoryStorage().transaction })
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
  for (const method of methods) expect(read('docs/adapters.md')).toContain(`\`${method}`);
  const lines = read('examples/custom-search/mini-search-index.js').split('\n').length - 1;
  expect(lines).toBeLessThan(100);
});

it('docs/architecture.md has a reason for every dependency, and for no other package', () => {
  const [, table = ''] = read('docs/architecture.md').split('## Dependencies, and why each');
  const cells = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) => cell);
  const listed = cells.slice(2).flatMap((cell) => cell.replace(/ \(.*\)/, '').split(', '));
  const manifests = filesOf(
    'package.json',
    '{packages,examples,scripts,tests}/*/package.json',
    'bench/package.json',
  );
  const used = manifests.flatMap((path) => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(read(path));
    return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  });
  const ofOthers = new Set(used.filter((name) => !/^@(types|microblog)\//.test(name)));
  expect(listed.sort()).toEqual([...ofOthers].sort());
});
