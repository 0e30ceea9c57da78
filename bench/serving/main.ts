/** `pnpm bench`: `options.ts` has its options, docs/performance.md figures and how to read them. */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runBench } from './bench.ts';
import { type BenchOptions, help, parseOptions } from './options.ts';
import { hasProc } from './processes/processor-time.ts';
import { isNoisy, markdown } from './report/markdown.ts';
import { lostShares, type Shares, sharesOf } from './report/shares.ts';

const exitCodes = { failed: 1, usage: 2, noise: 3 } as const;
const sharesFile = fileURLToPath(new URL('./shares.json', import.meta.url));

function progress(what: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${what}`);
}

function optionsOrExit(): BenchOptions | 'help' {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('"pnpm bench --help" lists the options.');
    process.exit(exitCodes.usage);
  }
}

async function readShares(): Promise<Shares> {
  return existsSync(sharesFile) ? JSON.parse(await readFile(sharesFile, 'utf8')) : {};
}

async function main(options: BenchOptions): Promise<void> {
  if (!hasProc) {
    console.error('This system has no /proc: there are no figures of processor time, memory and other work.');
  }
  const results = await runBench(options, progress);
  const shares = sharesOf(results);
  console.log(markdown(results));
  if (options.json !== null) {
    await writeFile(options.json, JSON.stringify({ shares, ...results }, null, 2));
  }
  const noisy = isNoisy(results);
  if (noisy) {
    console.error(
      'Other work had the processors: rows with (!) are not reliable. Run it again on a quiet machine.',
    );
    process.exitCode = exitCodes.noise;
  }
  if (options.shares === 'record' && !noisy) {
    const all = { ...(await readShares()), ...shares };
    await writeFile(sharesFile, `${JSON.stringify(all, null, 2)}\n`);
  }
  if (options.shares === 'check') {
    const committed = await readShares();
    const lost = lostShares(committed, shares);
    for (const line of lost) console.error(line);
    const compared = Object.keys(shares).filter((name) => committed[name] !== undefined).length;
    if (lost.length === 0) console.error(`None of ${compared} shares lost more than 15 %.`);
    // What was measured beside other work proves neither a loss nor that there is none.
    if (!noisy && (lost.length > 0 || compared === 0)) process.exitCode = exitCodes.failed;
  }
}

const options = optionsOrExit();
if (options === 'help') console.log(help);
else await main(options);
