/**
 * `pnpm check`: all checks that do not run the code, the fast ones first. A failed step prints its tool's output and
 * does not stop the others; `pnpm check types` runs one step.
 */

import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './source-hash.js';

const steps = {
  types: { what: 'types', command: ['tsc', '--noEmit'] },
  browser: {
    what: 'types of what browsers run',
    command: ['tsc', '--noEmit', '-p', 'packages/host-koa/assets'],
  },
  lint: { what: 'format and lint', command: ['biome', 'ci', '--error-on-warnings', '--colors=off', '.'] },
  imports: {
    what: 'import rules',
    command: ['depcruise', 'packages', 'examples', '--output-type', 'err-long'],
  },
  unused: {
    what: 'unused files, exports and dependencies',
    command: ['knip', '--no-progress', '--no-config-hints'],
  },
  texts: {
    what: 'texts in all languages',
    command: ['node', '--conditions=@microblog/source', 'packages/host-koa/scripts/i18n/check.ts'],
  },
  docstrings: {
    what: 'docstrings, and the API reference made of them',
    command: ['node', 'scripts/api-reference/api-reference.js', '--check'],
  },
  build: { what: 'build', command: ['node', 'scripts/build.js'] },
  packages: { what: 'packages as they are published', command: ['node', 'scripts/check-packages.js'] },
};

const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

/** @param {number} since */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** @param {{ what: string, command: string[] }} step @returns {boolean} whether it passed */
function passes({ what, command: [program = '', ...options] }) {
  const start = performance.now();
  process.stdout.write(`· ${what} … `);
  const { status, stdout, stderr, error } = spawnSync(program, options, {
    cwd: root,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const passed = status === 0;
  console.log(`${passed ? 'ok' : 'FAILED'}, ${seconds(start)}`);
  if (!passed) console.log(`${error?.message ?? ''}${stdout}${stderr}`);
  return passed;
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

const start = performance.now();
const chosen = Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const failed = chosen.filter(([, step]) => !passes(step)).map(([name]) => name);
console.log(
  failed.length > 0 ? `Failed: ${failed.join(', ')}, ${seconds(start)}` : `All good, ${seconds(start)}`,
);
if (failed.length > 0) process.exitCode = 1;
