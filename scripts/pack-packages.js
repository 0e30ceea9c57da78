/**
 * Packs packages as `pnpm publish` would. In the packed manifest, `publishConfig` has replaced the development
 * exports, and a version has replaced `workspace:`. Needs a full build.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './source-hash.js';

/** @param {readonly string[]} command @param {string} [cwd] */
export function run([program = '', ...options], cwd = root) {
  const result = spawnSync(program, options, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.error) throw result.error;
  return { passed: result.status === 0, output: `${result.stdout}${result.stderr}` };
}

/** The pnpm that runs this process, or else the usual `npx` call. */
export function pnpmProgram() {
  const runner = process.env.npm_execpath ?? '';
  if (/^pnpm/.test(basename(runner))) return runner;
  const found = spawnSync('npx', ['-y', '--package=pnpm@12', '--call', 'command -v pnpm'], {
    encoding: 'utf8',
  });
  return found.stdout.trim();
}

/** Folders in `packages`, in alphabetical order. */
export const packageFolders = () => readdirSync(join(root, 'packages')).sort();

/**
 * @typedef {object} PackedPackage
 * @property {string} folder in `packages`
 * @property {string} name
 * @property {Record<string, any>} manifest as packed
 * @property {string} tarball
 * @property {string} unpacked the folder that holds what the tarball holds
 * @property {string[]} files relative to it, sorted
 * @property {{ packed: number, unpacked: number, files: number }} size bytes, bytes, and how many files
 */

/**
 * @param {string} folder in `packages`
 * @param {string} work folder for the tarball and its unpacked content
 * @param {string} pnpm the program
 * @returns {PackedPackage}
 * @throws {Error} with the tool's output if packing fails
 */
export function packPackage(folder, work, pnpm) {
  const tarball = join(work, `${folder}.tgz`);
  const unpacked = join(work, folder);
  mkdirSync(unpacked);
  for (const [command, cwd] of [
    [[pnpm, 'pack', '--out', tarball], join(root, 'packages', folder)],
    [['tar', '-xzf', tarball, '-C', unpacked, '--strip-components=1'], work],
  ]) {
    const { passed, output } = run(/** @type {string[]} */ (command), /** @type {string} */ (cwd));
    if (!passed) throw new Error(output);
  }
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(unpacked, file)).isFile())
    .sort();
  const bytes = files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0);
  const size = { packed: statSync(tarball).size, unpacked: bytes, files: files.length };
  return { folder, name: manifest.name, manifest, tarball, unpacked, files, size };
}
