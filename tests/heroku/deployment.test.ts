import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/heroku-local.sh', import.meta.url));

it('the last commit installs, builds, is pruned, and runs as on Heroku: scripts/heroku-local.sh', async () => {
  // The test runner's own variables must not reach the build.
  const { NODE_ENV: _, NODE_OPTIONS: __, ...env } = process.env;
  const child = spawn(script, [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  expect(code, output).toBe(0);
  for (const type of ['init', 'upgrade', 'web'])
    expect(output).toContain(`
· ${type}: node packages/cli/dist/main.js`);
  expect(output).toMatch(/^· size of what we bring … \d+\.\d MB/m);
  expect(output).toMatch(/^· web: .* first page after \d+ ms/m);
  expect(output).toMatch(/^· web: SIGTERM, twice … ok/m);
  expect(output).toMatch(/^· no file was written … ok/m);
  expect(output.trimEnd().split('\n').at(-1)).toBe('It would run on Heroku.');
}, 240_000);
