/**
 * One build for all packages. What is built is what each package's own `package.json` offers: every
 * export with a `@microblog/source` condition, and every `bin`. Nothing has to be listed twice. Files of
 * threads (`*-thread.ts`) are built besides, since a thread starts from a file of its own.
 *
 * Declarations do not come from here but from `scripts/build-types.js`: TypeScript 7 writes those of the
 * whole repository in a third of a second, where the bundler needs TypeScript 6 and seconds per package.
 */

import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { compiledCatalogues } from './packages/host-koa/scripts/compiled-catalogues.js';

interface Manifest {
  name: string;
  exports?: Record<string, string | Record<string, string>>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Built file, without `dist/` and extension → source file. */
function entriesOf(folder: string, { exports = {}, bin = {} }: Manifest): Record<string, string> {
  const offered = Object.values(exports).flatMap((target) => {
    if (typeof target === 'string') return [];
    return [[target.default, target['@microblog/source']]];
  });
  const commands = Object.values(bin).map((file) => [
    file,
    file.replace('/dist/', '/src/').replace('.js', '.ts'),
  ]);
  const threads = globSync('src/**/*-thread.ts', { cwd: folder }).map((file) => [
    `${basename(file, '.ts')}.js`,
    file,
  ]);
  return Object.fromEntries(
    [...offered, ...commands, ...threads].flatMap(([built, source]) =>
      built && source ? [[built.replace('./dist/', '').replace('.js', ''), `${folder}/${source}`]] : [],
    ),
  );
}

function configOf(folder: string): Options {
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const external = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return {
    name: manifest.name,
    entry: entriesOf(folder, manifest),
    outDir: `${folder}/dist`,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    clean: true,
    // Subpaths too.
    external: external.map((name) => new RegExp(`^${name}(/|$)`)),
    // `node:sqlite` has no name without the prefix.
    removeNodeProtocol: false,
    esbuildPlugins: [compiledCatalogues(resolve('packages/host-koa/locales'))],
    silent: true,
  };
}

export default defineConfig(readdirSync('packages').map((name) => configOf(`packages/${name}`)));
