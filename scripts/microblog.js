/**
 * `pnpm microblog <command>` and `pnpm start`: builds if the sources changed since the last build. Then runs the
 * built command in this same process, so that signals and the exit code are its own.
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuilt, root } from './source-hash.js';

if (!isBuilt()) {
  console.error('Building…');
  const build = [join(root, 'scripts/build.js'), '--no-types'];
  const { status } = spawnSync(process.execPath, build, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

const main = join(root, 'packages/cli/dist/main.js');
process.argv = [process.execPath, main, ...process.argv.slice(2).filter((argument) => argument !== '--')];
await import(pathToFileURL(main).href);
