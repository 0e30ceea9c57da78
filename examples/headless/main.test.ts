import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** What a script prints until it ends by itself. */
function run(script: string): string {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return execFileSync(process.execPath, [path], { encoding: 'utf8' });
}

it('shows what a followed person wrote, without HTTP and without a database', () => {
  expect(run('main.js')).toBe('ada: The engine might compose music.\n');
});

it('tells subscribers of a post, without anything to start or to stop', () => {
  expect(run('events.js')).toBe('ada has published: The engine might compose music.\n');
});
