/**
 * `pnpm dev`: serves the microblog from its sources, with sample people, and follows what is saved. Templates are
 * read again for each page, styles and scripts are built again, other code and texts restart the server.
 */

import { join, relative } from 'node:path';
import { root } from '../source-hash.js';
import { devAssets } from './assets.ts';
import { openFront } from './front.ts';
import { serverProcess } from './server-process.ts';
import { jsonFault, sourceFolders } from './sources.ts';
import { watchFolders } from './watch-folders.ts';

const directory = join(root, '.dev');
const { HOST: host = '127.0.0.1', PORT: port = '5000' } = process.env;

const front = await openFront(host, Number(port)).catch((error: Error) => {
  console.error(`dev: ${error.message}`);
  process.exit(1);
});
const assets = devAssets(join(directory, 'assets'));
const server = serverProcess({ directory, assets: assets.directory, front });
const watcher = watchFolders(sourceFolders(), (files) => void follow(files));
process.on('unhandledRejection', (error) => {
  console.error(error);
  void stop(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
await assets.buildIfStale();
server.restart();

/** Does what the saved files ask for; a fault in one of them is printed, and the next save is waited for. */
async function follow(files: ReadonlySet<string>): Promise<void> {
  const faults = [...files].flatMap((file) => jsonFault(file) ?? []);
  for (const fault of faults) console.error(`dev: ${fault}`);
  if (faults.length > 0) return;
  await assets.rebuild(files);
  const changed = [...files].filter((file) => /\/(src\/.*\.ts|locales\/.*\.json)$/.test(file));
  const [first] = changed;
  if (first === undefined) return;
  console.log(`dev: ${relative(root, first)} changed, restarting`);
  server.restart();
}

let stopping = false;
async function stop(exitCode: number): Promise<void> {
  // A terminal sends the signal of Ctrl-C to all processes, and pnpm sends it again.
  if (stopping) return;
  stopping = true;
  watcher.close();
  await server.stop();
  front.close();
  process.exit(exitCode);
}
