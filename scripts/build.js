/**
 * Builds everything: JavaScript, the pages' assets, and declarations. With `--no-types`, no declarations: only
 * publishing needs them, and they need code without type errors. Stores a hash of the sources, so that `pnpm start`
 * builds only if needed.
 */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';
import { buildAssets } from '../packages/host-koa/scripts/build-assets.js';
import { buildTypes } from './build-types.js';
import { isBuilt, markBuilt, root, sourceHash } from './source-hash.js';

// The bundler uses the working directory at the time it is loaded, whatever it is changed to afterwards.
if (process.cwd() !== root) {
  console.error(`Run it in ${root}: pnpm build does.`);
  process.exit(1);
}
// If nothing has changed, the files stay: a running server may use them.
if (process.argv.includes('--if-stale') && isBuilt()) process.exit();
const before = sourceHash();

// The bundler cleans its output, but not declarations of an earlier build.
for (const name of readdirSync('packages'))
  rmSync(join('packages', name, 'dist'), { recursive: true, force: true });

await build({ silent: true }).catch((error) => {
  // esbuild has already printed its own errors; all others are printed here.
  if (!error.errors) console.error(error);
  process.exit(1);
});

await buildAssets();

if (process.argv.includes('--no-types') || buildTypes()) markBuilt(before);
else process.exitCode = 1;
