/**
 * Checks every package as it would be published: only the packed manifest has the exports that users get. Needs a
 * full build.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packageFolders, packPackage, pnpmProgram, run } from './pack-packages.js';
import { root } from './source-hash.js';

/** @typedef {import('./pack-packages.js').PackedPackage} PackedPackage */

/** Packages that a text imports: not built into Node.js, not relative, without their subpath. */
const imported = /(?:^|[;}\s])(?:from|import)\s*\(?\s*['"]([@\w][^'"]*)['"]/g;

/** @param {PackedPackage} packed @param {string} extension @returns {string[]} */
function packagesImportedIn({ manifest, unpacked, files }, extension) {
  const named = files
    .filter((file) => file.startsWith('dist/') && file.endsWith(extension))
    .flatMap((file) => [...readFileSync(join(unpacked, file), 'utf8').matchAll(imported)])
    .map(([, specifier = '']) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !name.startsWith('node:') && name !== manifest.name);
  return [...new Set(named)];
}

/**
 * A user of the package gets only its dependencies. So every imported package must be one of them. Types named in
 * public declarations must come from one of them too, or from an `@types/` package among them.
 * @param {PackedPackage} packed @returns {string[]}
 */
function undeclared(packed) {
  const { manifest } = packed;
  const installed = { ...manifest.dependencies, ...manifest.peerDependencies };
  const code = packagesImportedIn(packed, '.js')
    .filter((name) => !(name in installed))
    .map((name) => `the code imports ${name}, which is not a dependency`);
  const types = packagesImportedIn(packed, '.d.ts').flatMap((name) => {
    if (!(name in installed)) return [`the declarations import ${name}, which is not a dependency`];
    const types = `@types/${name.replace('@', '').replace('/', '__')}`;
    if (types in installed || !(types in (manifest.devDependencies ?? {}))) return [];
    return [`the declarations import ${name}: ${types} must be a dependency`];
  });
  return [...code, ...types];
}

/** @param {PackedPackage} packed @returns {Promise<string[]>} */
async function faultsOf(packed) {
  const { manifest, unpacked, tarball } = packed;
  const { messages } = await publint({ pkgDir: unpacked, level: 'warning', strict: true, pack: false });
  const faults = messages.map((message) => formatMessage(message, manifest) ?? message.code);
  faults.push(...undeclared(packed));
  for (const file of Object.values(manifest.bin ?? {})) {
    if (!existsSync(join(unpacked, file))) faults.push(`bin: ${file} is missing`);
  }
  if (JSON.stringify(manifest.exports).includes('@microblog/source'))
    faults.push('exports still name sources');
  if (Object.values(manifest.exports).some((target) => target.types)) {
    const attw = join(root, 'node_modules/.bin/attw');
    const { passed, output } = run([attw, tarball, '--profile', 'esm-only', '--format', 'ascii']);
    if (!passed) faults.push(output);
  }
  return faults;
}

const pnpm = pnpmProgram();
const work = mkdtempSync(join(root, 'node_modules/.microblog-pack-'));
try {
  for (const name of packageFolders()) {
    for (const fault of await faultsOf(packPackage(name, work, pnpm))) {
      console.log(`${name}: ${fault}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
