import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildApp } from './app.js';

it('shows posts from before a restart', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'custom-storage-'));
  try {
    const file = join(directory, 'microblog.jsonl');
    const first = await buildApp({ file });
    const person = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    await first.write(await first.join(person), 'The engine might compose music.');
    await first.close();

    const second = await buildApp({ file });
    expect(await second.read()).toEqual(['ada: The engine might compose music.']);
    await second.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});
