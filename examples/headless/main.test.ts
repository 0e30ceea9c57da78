import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('shows what a followed person wrote, without HTTP and without a database', () => {
  const script = fileURLToPath(new URL('main.js', import.meta.url));
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe(
    'ada: The engine might compose music.\n',
  );
});
