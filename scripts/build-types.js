/**
 * Declarations for the published packages. The compiler writes them into a temporary folder. Only those that the
 * public exports reach are moved into each `dist`. Their relative imports end in `.js`, which every module
 * resolution understands.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './source-hash.js';

/** Relative specifiers, in `from './x.ts'`, `import './x.ts'` and `import('./x.ts')`. */
const relativeImport = /((?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

/**
 * @param {string} entry a declaration file
 * @param {Map<string, string>} reached declaration files and their final text
 */
function reach(entry, reached) {
  if (reached.has(entry)) return;
  const text = readFileSync(entry, 'utf8');
  reached.set(entry, text.replace(relativeImport, '$1$2.js$3'));
  for (const [, , path] of text.matchAll(relativeImport))
    reach(join(dirname(entry), `${path}.d.ts`), reached);
}

/** @param {string} folder of the package @returns {string[]} its public declaration files, from `src` */
function entriesOf(folder) {
  const { exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return Object.values(exports).flatMap(({ types }) => (types ? [types.replace('./dist/', '')] : []));
}

/** Writes `dist/**.d.ts` of every package. Returns whether there was no type error. */
export function buildTypes() {
  const out = mkdtempSync(join(root, 'node_modules/.microblog-types-'));
  try {
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { status } = spawnSync(tsc, ['-p', 'tsconfig.types.json', '--outDir', out], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) return false;
    for (const name of readdirSync(join(root, 'packages'))) {
      const source = join(out, name, 'src');
      const reached = new Map();
      for (const entry of entriesOf(join('packages', name))) reach(join(source, entry), reached);
      for (const [file, text] of reached) {
        const target = join(root, 'packages', name, 'dist', file.slice(source.length));
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
    }
    return true;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
