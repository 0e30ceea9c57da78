/**
 * Builds everything: JavaScript, the pages' assets, and declarations (not with `--no-types`: only publishing
 * needs them, and they need types without faults). Remembers what it was built from, so that `pnpm start` builds only when it must.
 */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';
import { buildAssets } from '../packages/host-koa/scripts/build-assets.js';
import { buildTypes } from './build-types.js';
import { isBuilt, markBuilt, root, sourceHash } from './source-hash.js';

// The bundler keeps the folder in which it was loaded, whatever it is changed to afterwards.
if (process.cwd() !== root) {
  console.error(`Run it in ${root}: pnpm build does.`);
  process.exit(1);
}
// A microblog that is being served from these files keeps them while nothing has changed.
if (process.argv.includes('--if-stale') && isBuilt()) process.exit();
const before = sourceHash();

// The bundler cleans up after itself but leaves declarations of an earlier build.
for (const name of readdirSync('packages'))
  rmSync(join('packages', name, 'dist'), { recursive: true, force: true });

await build({ silent: true }).catch((error) => {
  // What esbuild found it has already shown; anything else it has not.
  if (!error.errors) console.error(error);
  process.exit(1);
});

await buildAssets();

if (process.argv.includes('--no-types') || buildTypes()) markBuilt(before);
else process.exitCode = 1;
