/**
 * Packs every package as for publishing and checks what comes out: only the packed manifest has the exports
 * that people get (`publishConfig` replaces those of development). Needs a full build.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './source-hash.js';

/** The pnpm that runs this script; where none does, the one that everybody uses here. */
const runner = process.env.npm_execpath ?? '';
const [pnpm = '', ...pnpmOptions] = basename(runner).startsWith('pnpm') ? [runner] : ['npx', '-y', 'pnpm@12'];

/** @param {string} command @param {string[]} options @param {string} [cwd] */
function run(command, options, cwd = root) {
  const result = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.error) throw result.error;
  return { passed: result.status === 0, output: `${result.stdout}${result.stderr}` };
}

/** @param {string} folder of the unpacked package @returns {string[]} */
function declarationsIn(folder) {
  const dist = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
  return dist.filter((name) => name.endsWith('.d.ts')).map((name) => join(folder, 'dist', name));
}

/**
 * Whoever installs the package gets its dependencies only: types that public declarations name must come
 * from one of them, be it an `@types/` package.
 * @param {string} folder @param {Record<string, any>} manifest @returns {string[]}
 */
function missingTypes(folder, manifest) {
  const installed = { ...manifest.dependencies, ...manifest.peerDependencies };
  const named = new Set(
    declarationsIn(folder)
      .flatMap((file) => [
        ...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"]([^'".][^'"]*)['"]/g),
      ])
      .map(([, specifier = '']) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
      .filter((name) => !name.startsWith('node:') && name !== manifest.name),
  );
  return [...named].flatMap((name) => {
    if (!(name in installed)) return [`the declarations import ${name}, which is not a dependency`];
    const types = `@types/${name.replace('@', '').replace('/', '__')}`;
    if (types in installed || !(types in (manifest.devDependencies ?? {}))) return [];
    return [`the declarations import ${name}: ${types} must be a dependency`];
  });
}

/** @param {string} name of the folder in packages @param {string} work @returns {Promise<string[]>} faults */
async function faultsOf(name, work) {
  const source = join(root, 'packages', name);
  const tarball = join(work, `${name}.tgz`);
  const packed = run(pnpm, [...pnpmOptions, 'pack', '--out', tarball], source);
  if (!packed.passed) return [packed.output];

  const unpacked = join(work, name);
  mkdirSync(unpacked);
  const { passed, output } = run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  if (!passed) return [output];
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));

  const { messages } = await publint({ pkgDir: unpacked, level: 'warning', strict: true, pack: false });
  const faults = messages.map((message) => formatMessage(message, manifest) ?? message.code);
  faults.push(...missingTypes(unpacked, manifest));
  for (const file of Object.values(manifest.bin ?? {})) {
    if (!existsSync(join(unpacked, file))) faults.push(`bin: ${file} is missing`);
  }
  if (JSON.stringify(manifest.exports).includes('@microblog/source'))
    faults.push('exports still name sources');
  if (Object.values(manifest.exports).some((target) => target.types)) {
    const attw = run(join(root, 'node_modules/.bin/attw'), [
      tarball,
      '--profile',
      'esm-only',
      '--format',
      'ascii',
    ]);
    if (!attw.passed) faults.push(attw.output);
  }
  return faults;
}

const work = mkdtempSync(join(root, 'node_modules/.microblog-pack-'));
try {
  for (const name of readdirSync(join(root, 'packages'))) {
    for (const fault of await faultsOf(name, work)) {
      console.log(`${name}: ${fault}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
