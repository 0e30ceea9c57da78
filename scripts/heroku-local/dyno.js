/** Runs process types of the Procfile with foreman, in an environment with only what a dyno has. */

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Preloaded into foreman, which would otherwise exit at the first SIGTERM to its group, and would see the end of its
 * shell instead of the process. Passed as text in the arguments, since sometimes only root may read this folder.
 */
const witness = `
  import childProcess from 'node:child_process';
  process.on('SIGTERM', () => {});
  const { spawn } = childProcess;
  childProcess.spawn = (shell, [flag, command], options) => spawn(shell, [flag, 'exec ' + command], options);
`;

/** @param {string} slug @returns {Map<string, string>} command by process type, in their order */
export function readProcfile(slug) {
  const lines = readFileSync(join(slug, 'Procfile'), 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [, type = '', command = ''] = /^([\w-]+): (.+)$/.exec(line) ?? [];
      if (type === '') throw new Error(`The Procfile has a line of no known form: ${line}`);
      return [type, command];
    }),
  );
}

/** Heroku never runs a dyno as root. @returns {{ uid: number, gid: number } | undefined} for root only */
export function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined;
  /** @param {'-u' | '-g'} flag */
  const idOf = (flag) =>
    Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout ?? '', 10) || 65_534;
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/**
 * @param {{ slug: string, tools: string, variables: Record<string, string> }} place
 */
export function dynos({ slug, tools, variables }) {
  const node = join(tools, 'node_modules/node/bin');
  const env = { PATH: `${node}:/usr/local/bin:/usr/bin:/bin`, ...variables };
  const preload = ['--no-deprecation', '--import', `data:text/javascript,${encodeURIComponent(witness)}`];
  const foreman = [...preload, join(tools, 'node_modules/foreman/nf.js'), 'start', '--raw'];

  /** @param {string} type */
  function start(type) {
    const startedAt = performance.now();
    const child = spawn(join(node, 'node'), [...foreman, type], {
      cwd: slug,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group, which platforms signal as a whole.
      detached: true,
      ...unprivilegedUser(),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const closed = new Promise((resolve) => child.once('close', resolve));
    /** @param {NodeJS.Signals} signal */
    const signalGroup = (signal) => {
      if (child.exitCode !== null || child.pid === undefined) return;
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        // They have ended just now, before their exit was reported here.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    };
    return {
      startedAt,
      output: () => output,
      /** The output of the process, without foreman's lines. */
      lines: () => output.split('\n').filter((line) => line.trim() !== '' && !isForemans(line)),
      hasEnded: () => child.exitCode !== null,
      /** Stops it as Heroku stops a dyno: SIGTERM to all processes, perhaps twice, and SIGKILL in the end. */
      async stop() {
        const start = performance.now();
        signalGroup('SIGTERM');
        signalGroup('SIGTERM');
        const limit = setTimeout(() => signalGroup('SIGKILL'), 30_000);
        await closed;
        clearTimeout(limit);
        return performance.now() - start;
      },
      kill: () => signalGroup('SIGKILL'),
      closed,
      /** foreman's text for exit code 0. */
      succeeded: () => output.includes('Exited Successfully'),
      /**
       * Whether it stopped in order. A further signal may reach Node.js when the program has ended and only the process
       * is still there.
       */
      stopped: () =>
        output.includes('Exited Successfully') ||
        (output.includes('"msg":"stopped"') && output.includes('Exited with exit code SIGTERM')),
    };
  }

  return {
    start,
    /** Runs a process type to its end. @param {string} type */
    async run(type) {
      const dyno = start(type);
      await Promise.race([dyno.closed, wait(60_000, undefined, { ref: false }).then(dyno.kill)]);
      await dyno.closed;
      if (!dyno.succeeded()) throw new Error(`${type} failed:\n${dyno.output()}`);
      return dyno.lines();
    },
  };
}

/** @param {string} line */
function isForemans(line) {
  const plain = line.replace(/\x1b\[[0-9;]*m/g, '');
  return /^\[(OKAY|WARN|DONE|FAIL)\]/.test(plain) || /\.1 +Exited /.test(plain);
}
