import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isMicroblogError } from '@microblog/core';
import { expect, it } from 'vitest';
import { buildApp } from './app.js';

/** The output of a script, once it has ended by itself. */
function run(script: string): string {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return execFileSync(process.execPath, [path], { encoding: 'utf8' });
}

it('shows posts of a followed person, newest first, without HTTP and without a database', async () => {
  const app = await buildApp();
  expect(await app.read()).toEqual([]);
  await app.write('The engine might compose music.');
  await app.write('Or it might not.');
  expect(await app.read()).toEqual(['ada: Or it might not.', 'ada: The engine might compose music.']);
});

it('keeps to the rules of a microblog', async () => {
  const app = await buildApp();
  await expect(app.write(' ')).rejects.toSatisfy((error) => isMicroblogError(error, 'invalid_input'));
});

it('is a script that ends by itself', () => {
  expect(run('main.js')).toBe('ada: The engine might compose music.\n');
});

it('notifies subscribers of a post, without anything to start or to stop', () => {
  expect(run('events.js')).toBe('ada has published: The engine might compose music.\n');
});
