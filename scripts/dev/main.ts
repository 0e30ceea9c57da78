/**
 * `pnpm dev`: serves the microblog from its sources, with sample people, and follows what is saved. Templates are
 * read again for each page, styles and scripts are built again, other code and texts restart the server.
 */

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../source-hash.js';
import { devAssets } from './assets.ts';
import { openFront } from './front.ts';
import { serverProcess } from './server-process.ts';
import { isServerSource, jsonFault, sourceFolders } from './sources.ts';
import { watchFolders } from './watch-folders.ts';

let stopping = false;
const directory = join(root, '.dev');
const front = await openFront(process.env.HOST || '127.0.0.1', Number(process.env.PORT || 5000)).catch(
  (error: Error) => {
    console.error(`dev: ${error.message}`);
    process.exit(1);
  },
);
const assets = devAssets(join(directory, 'assets'));
const server = serverProcess({ directory, assets: assets.directory, front });
const watcher = watchFolders(sourceFolders(), (files) => void follow(files));
process.on('unhandledRejection', (error) => {
  console.error(error);
  void stop(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
if (!existsSync(directory))
  console.log('dev: the first start prepares assets and a database with sample people');
await assets.buildIfStale();
server.restart();

/** Builds and restarts what the saved files need. After a fault, it prints the place and waits for the next save. */
async function follow(files: ReadonlySet<string>): Promise<void> {
  const faults = [...files].flatMap((file) => jsonFault(file) ?? []);
  for (const fault of faults) console.error(`dev: ${fault}`);
  if (faults.length > 0) return;
  await assets.rebuild(files);
  if (![...files].some(isServerSource) && !server.isDown()) return;
  const names = [...files].map((file) => relative(root, file));
  console.log(`dev: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''} changed, restarting`);
  server.restart();
}

async function stop(exitCode: number): Promise<void> {
  // A terminal sends the signal of Ctrl-C to all processes, and pnpm sends it again.
  if (stopping) return;
  stopping = true;
  watcher.close();
  await server.stop();
  front.close();
  process.exit(exitCode);
}
