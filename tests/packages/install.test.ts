import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PackedPackage, packageFolders, packPackage, pnpmProgram } from '../../scripts/pack-packages.js';
import { temporaryFolder } from '../support/microblog-process.ts';
import { type Registry, startRegistry } from './loopback-registry.ts';
import { emptyProject, type Manager, type NodeVersion, nodes, type Project } from './project.ts';

/**
 * How packages are tested. In the suite, each package is installed by both package managers, runs on both versions
 * of Node.js and is checked with both kinds of module resolution. `pnpm check:install` tests every combination.
 */
const everything = process.env.INSTALL_MATRIX === 'all';
const managers: readonly Manager[] = ['npm', 'pnpm'];
const versions: readonly NodeVersion[] = ['22.18', '24'];
const cells = managers.flatMap((manager, row) =>
  versions.flatMap((node, column) => (everything || row === column ? [{ manager, node }] : [])),
);

/** What users install in addition to a package, and what their program prints. */
const uses: Readonly<Record<string, { beside: readonly string[]; prints: string }>> = {
  core: { beside: [], prints: 'ada: installed and used\n' },
  'adapters-postgres': {
    beside: ['@microblog/core', '@electric-sql/pglite'],
    prints: 'ada: installed and used\n',
  },
  'adapters-search': { beside: ['@microblog/core'], prints: 'a microblog that finds nothing\n' },
  'host-koa': {
    beside: ['@microblog/core'],
    prints: '/explore 200 text/html\n/healthz 200 application/json\n',
  },
};
const folders = packageFolders();
/** Packages that programs import. The other one is a command. */
const libraries = Object.keys(uses);

/** Subpaths that can be imported, as specifiers. */
function specifiersOf({ name, manifest }: PackedPackage): string[] {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([subpath]) => name + subpath.slice(1));
}

/** Type errors in our declarations and in the program. Those in other packages' declarations are not ours to fix. */
const ours = (faults: readonly string[]) =>
  faults.filter((fault) => !fault.startsWith('node_modules/') || fault.includes('@microblog/'));

let work: Awaited<ReturnType<typeof temporaryFolder>>;
let packed: readonly PackedPackage[];
let registry: Registry;
let programs: Readonly<Record<Manager, string>>;
const running = new Set<ChildProcess>();
// Package managers are slow on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
beforeAll(async () => {
  work = await temporaryFolder();
  programs = { npm: 'npm', pnpm: pnpmProgram() };
  packed = folders.map((folder) => packPackage(folder, work.path, programs.pnpm));
  registry = await startRegistry(packed, fileURLToPath(new URL('../..', import.meta.url)));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await registry.close();
  await work.remove();
});

describe.each(cells)('installed with $manager, on Node.js $node', ({ manager, node }) => {
  /** Projects by package, with only that package installed. */
  const projects = new Map<string, Promise<Project>>();
  const projectOf = (folder: string) => {
    const made = projects.get(folder) ?? install(folder);
    projects.set(folder, made);
    return made;
  };
  async function install(folder: string): Promise<Project> {
    const home = join(work.path, `${manager}-${node}`, folder);
    const project = await emptyProject(home, {
      manager,
      program: programs[manager],
      node,
      registry: registry.url,
      shared: join(work.path, 'shared'),
    });
    await project.install(packedOf(folder).tarball);
    return project;
  }
  const packedOf = (folder: string): PackedPackage => {
    const found = packed.find((one) => one.folder === folder);
    if (found === undefined) throw new Error(`${folder} was not packed.`);
    return found;
  };
  const moduleResolutions = ['nodenext', 'bundler'] as const;
  const resolutions = everything ? moduleResolutions : [moduleResolutions[manager === 'npm' ? 0 : 1]];

  it('runs on that very Node.js', async () => {
    const project = await projectOf('core');
    await project.write('version.js', 'console.log(process.version);');
    expect(await project.run('version.js')).toContain(`v${node}.`);
  });

  it.each(libraries)('%s can be imported with nothing but its own dependencies', async (folder) => {
    const project = await projectOf(folder);
    const specifiers = specifiersOf(packedOf(folder));
    const lines = specifiers.map((specifier, index) => `import * as all${index} from '${specifier}';\n`);
    const names = specifiers.map((_, index) => `all${index}`);
    const count = `console.log([${names}].map((all: object) => Object.keys(all).length > 0).join());\n`;
    await project.write('imports.ts', lines.join('') + count);
    expect(await project.run('imports.ts')).toBe(`${specifiers.map(() => 'true').join()}\n`);
    for (const resolution of resolutions) expect(ours(await project.typeFaults(resolution))).toEqual([]);
  });

  it.each(libraries)('%s can be required by CommonJS', async (folder) => {
    const project = await projectOf(folder);
    const lines = specifiersOf(packedOf(folder)).map(
      (specifier) => `console.log(Object.keys(require('${specifier}')).length > 0);\n`,
    );
    await project.write('requires.cjs', lines.join(''));
    expect(await project.run('requires.cjs')).toBe('true\n'.repeat(lines.length));
  });

  it.each(Object.entries(uses))('%s can be used', async (folder, { beside, prints }) => {
    const project = await projectOf(folder);
    if (beside.length > 0) await project.install(...beside);
    await project.write('use.ts', await readFile(new URL(`uses/${folder}.ts`, import.meta.url), 'utf8'));
    expect(await project.run('use.ts')).toBe(prints);
    if (everything)
      for (const resolution of resolutions) expect(ours(await project.typeFaults(resolution))).toEqual([]);
  });

  if (manager === 'pnpm')
    it('lets a package reach what it declares and nothing else', async () => {
      const project = await projectOf('host-koa');
      await project.write(
        'reach.js',
        `import { realpathSync } from 'node:fs';
       import { createRequire } from 'node:module';
       const { resolve } = createRequire(realpathSync('node_modules/@microblog/host-koa/package.json'));
       const reaches = (name) => { try { return resolve(name) !== ''; } catch { return false; } };
       console.log(['koa', 'knex'].map(reaches).join());`,
      );
      // knex is a dependency of @microblog/adapters-postgres, not of the host.
      expect(await project.run('reach.js')).toBe('true,false\n');
    });

  it('cli brings the microblog command, which helps, makes its database and serves', async () => {
    // Most of what it installs is already there: the host and its dependencies.
    const project = await projectOf('host-koa');
    await project.install(packedOf('cli').tarball);
    expect(await project.run('microblog', '--help')).toContain('Usage: microblog');
    await project.run('microblog', 'init');
    const child = spawn(join(project.folder, 'node_modules/.bin/microblog'), ['serve'], {
      cwd: project.folder,
      env: { PATH: [dirname(nodes[node]), process.env.PATH].join(delimiter), PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, ready] = /ready at (http:\/\/[^\s"]+)/.exec(output) ?? [];
        if (ready !== undefined) resolve(ready);
      });
      child.once('exit', () => reject(new Error(output)));
    });
    expect((await fetch(`${url}/explore`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('tries every package there is', () => {
    expect([...libraries, 'cli'].sort()).toEqual(folders);
  });
});
