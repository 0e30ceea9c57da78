import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../support/log-once.ts', import.meta.url));
const command = [process.execPath, '--conditions=@microblog/source', program];
const { PATH = '' } = process.env;

function run([file = '', ...args]: readonly string[], variables: Record<string, string> = {}): string {
  const env = { PATH, TERM: 'xterm-256color', ...variables };
  const { stdout, stderr, status } = spawnSync(file, args, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.replaceAll('\r\n', '\n');
}

const pretty = /^\[\d\d:\d\d:\d\d\] INFO: ready \{"port":1\}\n$/;

it('is JSON lines without a terminal, unless set to pretty, and then without colours', () => {
  for (const format of ['json', 'terminal']) {
    expect(JSON.parse(run([...command, format]))).toMatchObject({ level: 'info', port: 1, msg: 'ready' });
  }
  expect(run([...command, 'pretty'])).toMatch(pretty);
});

it('is pretty at a terminal, with colours unless switched off', () => {
  expect(run([...command, 'pretty'], { FORCE_COLOR: '1' })).toMatch(pretty);
  // `script` comes with util-linux. Without it, this cannot be tested automatically.
  if (spawnSync('script', ['--version']).status !== 0) return;
  const atTerminal = (format: string, variables = {}) =>
    run(
      ['script', '--quiet', '--return', '--command', [...command, format].join(' '), '/dev/null'],
      variables,
    );
  expect(atTerminal('terminal')).toContain('\u001b[32mINFO');
  expect(atTerminal('terminal', { NO_COLOR: '1' })).toMatch(pretty);
  expect(atTerminal('json')).toMatch(/^\{"level":"info"/);
});
