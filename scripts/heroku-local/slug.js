/** Builds what Heroku's Node.js buildpack makes of a push: https://github.com/heroku/heroku-buildpack-nodejs */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** Limits the wait for a registry that does not answer. */
const LIMIT_MS = 90_000;

/** Nothing listens there: a build that uses the database fails. */
const UNREACHABLE = 'postgres://nobody:nothing@127.0.0.1:1/absent';

/**
 * @param {string} program @param {string[]} options
 * @param {{ cwd: string, env?: Record<string, string | undefined>, input?: Buffer }} where
 */
function run(program, options, { cwd, env = process.env, input }) {
  const result = spawnSync(program, options, {
    cwd,
    env,
    input,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    maxBuffer: 512 * 1024 * 1024,
    timeout: LIMIT_MS,
  });
  if (result.status === 0) return result.stdout;
  const said = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  throw new Error(`${basename(program)} ${options.join(' ')} failed:\n${said}`);
}

/** Only the files of the last commit, without other files in the folder. @param {string} root @param {string} slug */
export function checkOut(root, slug) {
  if (!existsSync(join(root, '.git')))
    throw new Error('This is no git repository: what is pushed is a commit.');
  mkdirSync(slug, { recursive: true });
  const archive = run('git', ['-c', `safe.directory=${root}`, 'archive', '--format=tar', 'HEAD'], {
    cwd: root,
  });
  run('tar', ['-xf', '-', '--no-same-owner'], { cwd: slug, input: archive });
}

/**
 * The pnpm that runs this script, or the usual `npx` call. It does not download packages that it has in its store.
 * @param {string} root
 */
export function pnpmFor(root) {
  const runner = process.env.npm_execpath ?? '';
  const [program = '', ...first] = basename(runner).startsWith('pnpm')
    ? [runner]
    : ['npx', '-y', '--prefer-offline', 'pnpm@12'];
  const env = {
    ...process.env,
    // The buildpack sets both, and config vars are visible while it builds.
    NODE_ENV: 'production',
    CI: 'true',
    DATABASE_URL: UNREACHABLE,
    HEROKU: '1',
    NODE_OPTIONS: undefined,
    npm_config_loglevel: 'error',
  };
  const store = storeOf(program, first, root);
  return {
    /** @param {string} cwd @param {string[]} options */
    run: (cwd, ...options) => run(program, [...first, ...options], { cwd, env }),
    /** @param {string} cwd @param {string[]} options */
    install(cwd, ...options) {
      const settings = ['--store-dir', store, '--prefer-offline'];
      try {
        run(program, [...first, 'install', '--frozen-lockfile', ...settings, ...options], { cwd, env });
      } catch (error) {
        throw new Error(
          `The packages could not be installed. Is the registry reachable, or ${store} filled by an earlier install?`,
          { cause: error },
        );
      }
    },
  };
}

/** @param {string} program @param {string[]} first @param {string} root */
function storeOf(program, first, root) {
  try {
    return String(run(program, [...first, 'store', 'path'], { cwd: root })).trim();
  } catch (error) {
    throw new Error('pnpm does not start. Is the registry reachable, or pnpm kept from an earlier run?', {
      cause: error,
    });
  }
}

/**
 * Installs with development dependencies, builds, and installs again without them. The first installation is moved
 * to `tools`: it contains Node.js and foreman.
 * @param {ReturnType<typeof pnpmFor>} pnpm @param {string} slug @param {string} tools
 */
export function build(pnpm, slug, tools) {
  pnpm.install(slug, '--prod=false');
  pnpm.run(slug, 'run', 'build');
  mkdirSync(tools, { recursive: true });
  renameSync(join(slug, 'node_modules'), join(tools, 'node_modules'));
  for (const folder of workspaceFolders(slug)) {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  }
  // Copies, not links: they are made read-only, and the files of the store must not be.
  pnpm.install(slug, '--prod', '--config.package-import-method=copy');
}

/** @param {string} slug */
function workspaceFolders(slug) {
  return ['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(slug, parent)).map((name) => join(slug, parent, name)),
  );
}

/**
 * Bytes of our own part of the slug: everything except Node.js and pnpm, which the buildpack adds.
 * @param {string} slug @returns {{ total: number, largest: string[] }} with the five largest packages
 */
export function sizeOf(slug) {
  const store = join(slug, 'node_modules/.pnpm');
  const packages = readdirSync(store)
    .map((name) => ({ name, bytes: bytesIn(join(store, name)) }))
    .sort((a, b) => b.bytes - a.bytes);
  return {
    total: bytesIn(slug),
    largest: packages.slice(0, 5).map(({ name, bytes }) => `${name.split('_')[0]} ${inMegabytes(bytes)}`),
  };
}

/** @param {number} bytes */
export function inMegabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Without following links. @param {string} path @returns {number} */
function bytesIn(path) {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.isFile() ? status.size : 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

/** Development dependencies that are still in the slug. @param {string} slug @returns {string[]} */
export function developmentPackagesIn(slug) {
  const { devDependencies } = JSON.parse(readFileSync(join(slug, 'package.json'), 'utf8'));
  const installed = readdirSync(join(slug, 'node_modules/.pnpm'));
  return Object.keys(devDependencies).filter((name) => {
    // Published declarations name these packages.
    if (name.startsWith('@types/')) return false;
    return installed.some((folder) => folder.startsWith(`${name.replace('/', '+')}@`));
  });
}

/**
 * Removes or restores the owner's write permission; others have none. @param {string} path @param {boolean} writable
 */
export function setWritable(path, writable) {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  const mode = status.mode & 0o777;
  chmodSync(path, writable ? mode | 0o200 : mode & 0o555);
  if (status.isDirectory()) {
    for (const name of readdirSync(path)) setWritable(join(path, name), writable);
  }
}
