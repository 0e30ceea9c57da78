/**
 * Imitates a deployment to Heroku. The last commit is checked out, installed, built and pruned as the buildpack does
 * it. Then every line of the Procfile runs through foreman, as a user without write permission. The Postgres server
 * requires TLS and has a certificate that does not verify.
 */

import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { browserlessMember } from '../../tests/support/member.ts';
import { startPostgresServer } from '../../tests/support/postgres-server.ts';
import { root } from '../source-hash.js';
import { dynos, readProcfile, unprivilegedUser } from './dyno.js';
import { differences, listing } from './listing.js';
import { build, checkOut, developmentPackagesIn, inMegabytes, pnpmFor, setWritable, sizeOf } from './slug.js';

/** Heroku allows 500 MB compressed; this is our own limit, unpacked. */
const SIZE_LIMIT = 100e6;
const BOOT_LIMIT_MS = 5_000;
const STOP_LIMIT_MS = 10_000;

/** In the order of a first deployment: types that run to their end, and types that keep running. */
const ORDER = ['init', 'upgrade', 'release', 'web', 'worker'];
const LASTING = new Set(['web', 'worker']);

/** @param {unknown} condition @param {string} fault @returns {asserts condition} */
function must(condition, fault) {
  if (!condition) throw new Error(fault);
}

/** @template Result @param {string} what @param {() => Result | Promise<Result>} work @param {(result: Result) => string} [describe] */
async function step(what, work, describe = () => '') {
  const start = performance.now();
  process.stdout.write(`· ${what} … `);
  try {
    const result = await work();
    const said = describe(result);
    console.log(`${said === '' ? 'ok' : said}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log('FAILED');
    throw error;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** @param {ReturnType<ReturnType<typeof dynos>['start']>} dyno @param {() => Promise<boolean>} holds @param {string} what */
async function until(dyno, holds, what) {
  const deadline = dyno.startedAt + 60_000;
  while (!(await holds().catch(() => false))) {
    must(!dyno.hasEnded() && performance.now() < deadline, `${what} did not happen:\n${dyno.output()}`);
    await wait(20);
  }
}

/** Registers, publishes and reads, as members do. @param {string} origin */
async function useIt(origin) {
  const member = browserlessMember(origin);
  const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
  must((await member.submit('/register', registration)).status === 303, 'registering failed');
  must((await member.submit('/posts', { body: 'written on a dyno' })).status === 303, 'publishing failed');
  const home = await (await member.get('/')).text();
  must(home.includes('written on a dyno'), 'the post is not on the home page');
  const [style = ''] = /\/assets\/[\w.-]+\.css/.exec(home) ?? [];
  must((await member.get(style)).status === 200, 'the style sheet is not in the slug');
}

/** @param {ReturnType<ReturnType<typeof dynos>['start']>} dyno @param {string} type */
async function stopDyno(dyno, type) {
  const milliseconds = await dyno.stop();
  must(dyno.stopped(), `${type} did not stop in order on SIGTERM:\n${dyno.output()}`);
  must(milliseconds < STOP_LIMIT_MS, `${type} took ${Math.round(milliseconds)} ms to stop`);
  for (const line of dyno.lines()) {
    must(line.startsWith('{') && JSON.parse(line), `${type} printed something else than JSON: ${line}`);
  }
}

/** @param {string} slug @param {string} tools @param {Record<string, string>} variables */
async function runProcfile(slug, tools, variables) {
  const commands = readProcfile(slug);
  const unknown = [...commands.keys()].filter((type) => !ORDER.includes(type));
  must(unknown.length === 0, `The Procfile has types that this script does not know: ${unknown.join(', ')}`);
  const dyno = dynos({ slug, tools, variables });
  const origin = `http://127.0.0.1:${variables.PORT}`;
  for (const type of ORDER.filter((name) => commands.has(name))) {
    if (!LASTING.has(type)) {
      await step(
        `${type}: ${commands.get(type)}`,
        () => dyno.run(type),
        (lines) => lines.join(' '),
      );
      continue;
    }
    const running = dyno.start(type);
    try {
      if (type === 'web') {
        await step(
          `web: ${commands.get(type)}`,
          async () => {
            await until(running, async () => (await fetch(origin)).status === 200, 'the first page');
            const boot = performance.now() - running.startedAt;
            must(boot < BOOT_LIMIT_MS, `The first page took ${Math.round(boot)} ms.`);
            return boot;
          },
          (boot) => `first page after ${Math.round(boot)} ms`,
        );
        await step('web: register, publish, read', () => useIt(origin));
      } else {
        const started = () => until(running, async () => running.lines().length > 0, 'its first line');
        await step(`${type}: ${commands.get(type)}`, started);
      }
      await step(`${type}: SIGTERM, twice`, () => stopDyno(running, type));
    } finally {
      running.kill();
    }
  }
}

async function main() {
  const work = mkdtempSync(join(realpathSync(tmpdir()), 'microblog-heroku-'));
  // Users other than its owner run the files in it.
  chmodSync(work, 0o755);
  const [slug, tools, home, temporary] = ['app', 'tools', 'home', 'tmp'].map((name) => join(work, name));
  must(slug && tools && home && temporary, 'no folders');
  /** @type {Awaited<ReturnType<typeof startPostgresServer>> | undefined} */
  let database;
  try {
    const pnpm = pnpmFor(root);
    await step('check out the last commit', () => checkOut(root, slug));
    await step('install, build, prune', () => build(pnpm, slug, tools));
    await step(
      'size of what we bring',
      () => {
        const { total, largest } = sizeOf(slug);
        must(total < SIZE_LIMIT, `${inMegabytes(total)} are too much; the largest: ${largest.join(', ')}`);
        const left = developmentPackagesIn(slug);
        must(left.length === 0, `Development dependencies are left: ${left.join(', ')}`);
        return { total, largest };
      },
      ({ total, largest }) => `${inMegabytes(total)} (${largest.join(', ')})`,
    );
    database = await step('start a database that demands TLS', () =>
      startPostgresServer({ demandsTls: true }),
    );
    const user = unprivilegedUser();
    for (const folder of [home, temporary]) {
      mkdirSync(folder);
      if (user !== undefined) chownSync(folder, user.uid, user.gid);
    }
    setWritable(slug, false);
    const before = listing([slug, home, temporary]);
    await runProcfile(slug, tools, {
      HOME: home,
      TMPDIR: temporary,
      PORT: String(await freePort()),
      DATABASE_URL: database.url,
      HEROKU: '1',
      SECRET_KEY: randomBytes(32).toString('base64url'),
    });
    await step('no file was written', () => {
      const written = differences(before, listing([slug, home, temporary]));
      must(written.length === 0, `Written: ${written.join(', ')}`);
    });
    console.log('It would run on Heroku.');
  } finally {
    await database?.stop();
    try {
      setWritable(slug, true);
    } catch {
      // The slug was never made.
    }
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main().catch((error) => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  process.exitCode = 1;
});
