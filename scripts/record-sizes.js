/** Writes the sizes of the published packages into `docs/packages.md`. Needs a full build. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, packPackage, pnpmProgram } from './pack-packages.js';
import { root } from './source-hash.js';

const page = join(root, 'docs/packages.md');
const pnpm = pnpmProgram();
const work = mkdtempSync(join(root, 'node_modules/.microblog-pack-'));
/** @param {number} bytes */
const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;

try {
  const rows = packageFolders()
    .map((folder) => packPackage(folder, work, pnpm))
    .map(
      ({ name, size }) =>
        `| \`${name}\` | ${kilobytes(size.packed)} | ${kilobytes(size.unpacked)} | ${size.files} |`,
    );
  const table = ['| package | packed | unpacked | files |', '| --- | ---: | ---: | ---: |', ...rows];
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    text.replace(/(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/, `$1${table.join('\n')}\n$2`),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
