import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArchiveBatch, unrestrictedReader } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedStorage, migrate, type PostgresStorage } from '../src/index.ts';
import { copyEmbeddedDatabase } from './support/ready-databases.ts';

let folder: string;
let directory: string;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'microblog-embedded-'));
  directory = join(folder, 'data', 'postgres');
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path = directory): Promise<PostgresStorage> {
  const storage = await embeddedStorage({ directory: path });
  closing.push(() => storage.close());
  return storage;
}

describe('an embedded storage', () => {
  it('keeps its content, in a directory that it creates', async () => {
    const first = await open();
    await migrate(first);
    const user = builders().user();
    await first.users.insert(user);
    await first.close();
    await first.close();
    const second = await open();
    expect(await second.users.find(user.id)).toMatchObject(user);
    expect((await second.knex.raw('select 9007199254740993 as big')).rows).toEqual([
      { big: '9007199254740993' },
    ]);
  });

  it('has statistics for the planner after a restore', async () => {
    await copyEmbeddedDatabase(directory);
    const storage = await open();
    const user = await storage.users.insert(builders().user());
    await storage.posts.insert(builders(new Date('2026-03-01T00:00:00Z')).post(user.id));
    // All content in memory: the only connection can't load while it reads.
    const content = await storage.snapshot(async (own) => {
      const all: ArchiveBatch[] = [];
      for await (const batch of own.batches()) all.push(batch);
      return {
        ...own,
        async *batches() {
          yield* all;
        },
      };
    });
    await storage.load(content, { replace: true });
    const rows = await storage.query(
      `select reltuples from pg_class where relnamespace = 'microblog'::regnamespace and relname = 'posts'`,
      [],
    );
    expect(rows).toEqual([{ reltuples: 1 }]);
  });

  it('can be opened once in a process, by any path to the directory', async () => {
    const storage = await open();
    const link = join(folder, 'link');
    symlinkSync(directory, link);
    for (const path of [directory, link]) {
      await expect(embeddedStorage({ directory: path })).rejects.toMatchObject({
        code: 'storage_locked',
        message: expect.stringContaining(`this process (${process.pid})`),
        details: { directory, pid: process.pid },
      });
    }
    await storage.close();
    await open();
  });

  it('can be opened by one process at a time, and survives SIGKILL', async () => {
    const holder = await startWriter();
    await expect(embeddedStorage({ directory })).rejects.toMatchObject({
      code: 'storage_locked',
      message: expect.stringMatching(
        new RegExp(`${directory} is in use by process ${holder.child.pid}\\..*DATABASE_URL`),
      ),
    });
    holder.child.kill('SIGKILL');
    await once(holder.child, 'exit');
    const storage = await open();
    expect(
      (await storage.posts.listAll(unrestrictedReader, { limit: 200 })).items.length,
    ).toBeGreaterThanOrEqual(holder.written);
    // Not even a warning of an experimental feature.
    expect(holder.output()).toBe('');
  });

  it('starts again if a process was killed while it created the database', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'PG_VERSION'), '');
    writeFileSync(`${directory}.new`, '');
    await migrate(await open());
    expect(existsSync(`${directory}.new`)).toBe(false);
  });

  it('does not touch a directory that contains other files', async () => {
    mkdirSync(directory, { recursive: true });
    const ownFile = join(directory, 'letters.txt');
    writeFileSync(ownFile, 'Dear Ada');
    for (let attempt = 1; attempt <= 2; attempt++) {
      await expect(embeddedStorage({ directory })).rejects.toMatchObject({ code: 'storage_failed' });
    }
    expect(existsSync(ownFile)).toBe(true);
  });

  it('needs a directory that it may write', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'postgres')]) {
      await expect(embeddedStorage({ directory: path })).rejects.toMatchObject({
        code: 'storage_unwritable',
        message: expect.stringContaining(path),
        details: { path, remedy: expect.any(String) },
      });
    }
  });

  it('unlocks the directory if the database in it cannot be opened', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'PG_VERSION'), '17');
    for (let attempt = 1; attempt <= 2; attempt++) {
      await expect(embeddedStorage({ directory })).rejects.toMatchObject({
        code: 'storage_failed',
        message: expect.stringContaining(directory),
      });
    }
  });
});

/** Starts a process that opens the directory and keeps writing posts. Resolves after some are written. */
async function startWriter(): Promise<{ child: ChildProcess; written: number; output: () => string }> {
  const script = fileURLToPath(new URL('./support/embedded-writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@microblog/source', script, directory], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  closing.push(async () => child.kill('SIGKILL'));
  const started = Promise.withResolvers<number>();
  child.on('message', (written) => {
    if (typeof written === 'number' && written >= 3) started.resolve(written);
  });
  child.on('exit', () => started.reject(new Error(`The writer ended: ${output}`)));
  return { child, written: await started.promise, output: () => output };
}
