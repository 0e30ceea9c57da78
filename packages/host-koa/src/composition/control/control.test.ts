import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ArchiveStorage,
  createMicroblog,
  decodeArchive,
  encodeArchive,
  MicroblogError,
  memorySearchIndex,
  memoryStorage,
  noRecords,
  type SearchIndex,
  silentLogger,
} from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlClient } from './control-client.ts';
import type { ControlNeeds } from './control-needs.ts';
import { type ControlServer, openControlServer } from './control-server.ts';

let folder: string;
let server: ControlServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'microblog-control-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const noUsers = memoryStorage().users;
const { search: searchOff } = createMicroblog({ storage: memoryStorage() });

async function open(storage: ArchiveStorage, search: ControlNeeds['search'] = searchOff) {
  const needs = { storage: { users: noUsers, ...storage }, search, logger: silentLogger };
  server = await openControlServer({ ...needs, dataDirectory: folder });
  return controlClient(folder);
}

async function populated() {
  const storage = memoryStorage();
  const build = builders();
  const author = await storage.users.insert(build.user());
  for (let number = 0; number < 3_000; number++) await storage.posts.insert(build.post(author.id));
  return storage;
}

const textOf = (storage: ArchiveStorage) =>
  storage.snapshot(async (content) => {
    let text = '';
    for await (const lines of encodeArchive(content, new Date(0))) text += lines;
    return text;
  });

describe('the control socket', () => {
  it('carries everything out of one storage and into another', async () => {
    const source = await populated();
    const out = await open(source);
    const target = memoryStorage();
    await target.load(await decodeArchive(await out.readArchive()));
    expect(await textOf(target)).toBe(await textOf(source));
    await server.close();
    const other = memoryStorage();
    const into = await open(other);
    await source.snapshot((whole) => into.writeArchive(encodeArchive(whole, new Date()), { replace: false }));
    expect(await textOf(other)).toBe(await textOf(source));
  });

  it('passes a refusal on with its code, and replaces when told', async () => {
    const target = await populated();
    const before = await textOf(target);
    const client = await open(target);
    const empty = memoryStorage();
    const send = (replace: boolean) =>
      empty.snapshot((content) => client.writeArchive(encodeArchive(content, new Date()), { replace }));
    await expect(send(false)).rejects.toMatchObject({ code: 'storage_not_empty' });
    expect(await textOf(target)).toBe(before);
    await send(true);
    expect(await textOf(target)).toBe(await textOf(empty));
  });

  it('keeps nothing of lines that break off, whichever side ends', async () => {
    const target = memoryStorage();
    const client = await open(target);
    const whole = await textOf(await populated());
    async function* half() {
      yield whole.slice(0, whole.length / 2);
      throw new Error('the sender failed');
    }
    await expect(client.writeArchive(half(), { replace: false })).rejects.toThrow('the sender failed');
    async function* cut() {
      yield whole.slice(0, whole.indexOf('\n', whole.length / 2) + 1);
    }
    await expect(client.writeArchive(cut(), { replace: false })).rejects.toMatchObject({
      code: 'archive_invalid',
    });
    expect((await target.users.list({ limit: 1 })).items).toEqual([]);
  });

  it('tells a storage that fails before the first line from one that fails later', async () => {
    const failing: ArchiveStorage = {
      snapshot: async (work) => {
        if (failures++ === 0) throw new Error('no room');
        const counts = { ...noRecords, users: 1 };
        return work({ migrations: [], counts, async *batches() {} });
      },
      load: async () => {},
    };
    let failures = 0;
    const client = await open(failing);
    await expect(client.readArchive()).rejects.toThrow('no room');
    const lines = await client.readArchive();
    await expect(drain(lines)).rejects.toMatchObject({ code: 'storage_locked' });
  });

  it('is missed in one error where nobody listens, or the path is too long for a socket', async () => {
    const lonely = controlClient(folder);
    await expect(lonely.readArchive()).rejects.toMatchObject({ code: 'storage_locked' });
    const warnings: string[] = [];
    server = await openControlServer({
      storage: memoryStorage(),
      search: searchOff,
      dataDirectory: join(folder, 'long/'.repeat(30)),
      logger: { ...silentLogger, warn: (_, message) => void warnings.push(message) },
    });
    expect(warnings).toEqual([expect.stringContaining('no control socket')]);
    const far = controlClient(join(folder, 'long/'.repeat(30)));
    await expect(far.writeArchive(encodeNothing(), { replace: false })).rejects.toMatchObject({
      code: 'storage_locked',
    });
  });
});

describe('the search index, through the control socket', () => {
  /** 3,000 posts that no index has heard of. */
  async function indexed() {
    const storage = await populated();
    const index = memorySearchIndex();
    const { search } = createMicroblog({ storage, search: index, logger: silentLogger });
    return { storage, index, search };
  }

  it('is filled, with the progress told, and shows its status', async () => {
    const { storage, search } = await indexed();
    const client = await open(storage, search);
    expect(await client.searchStatus()).toMatchObject({ posts: 0, lag: { posts: 200 } });
    const told: string[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      void told.push(`${done}/${total}`);
    expect(await client.reindex({ onProgress })).toEqual({ done: 3_000, posts: 3_000 });
    expect(told).toEqual(Array.from({ length: 16 }, (_, n) => `${n * 200}/3000`));
    expect(await client.searchStatus()).toMatchObject({
      posts: 3_000,
      progress: { complete: true },
      lag: { posts: 0 },
    });
    expect((await client.reindex({})).done).toBe(3_000);
  });

  it('is filled no further where who asked for it has gone, and goes on there, or anew when told', async () => {
    const { storage, index } = await indexed();
    const mayGoOn = Promise.withResolvers<void>();
    let adds = 0;
    const gated: SearchIndex = {
      ...index,
      async add(...added) {
        adds += 1;
        if (adds === 3) await mayGoOn.promise;
        return index.add(...added);
      },
    };
    const { search } = createMicroblog({ storage, search: gated, logger: silentLogger });
    let filling: Promise<unknown> | undefined;
    let signal: AbortSignal | undefined;
    const client = await open(storage, {
      ...search,
      fill(options) {
        signal = options?.signal;
        const filled = search.fill(options);
        filling = filled;
        return filled;
      },
    });
    const sent = request({ socketPath: join(folder, 'control.sock'), method: 'POST', path: '/search' }).end();
    sent.on('error', () => {});
    await vi.waitUntil(() => adds === 3);
    sent.destroy();
    await vi.waitUntil(() => signal?.aborted === true);
    mayGoOn.resolve();
    await filling;
    expect((await index.status()).posts).toBe(600);
    expect(await client.reindex({})).toEqual({ done: 2_400, posts: 3_000 });
    await search.fill({ again: true, limit: 200 });
    expect((await client.reindex({ restart: true })).done).toBe(3_000);
  });

  it('passes on what goes wrong, and where the other process ends', async () => {
    const { storage, index, search } = await indexed();
    const add = async () => {
      throw new MicroblogError('storage_unwritable', 'The disk is full.');
    };
    const failing = createMicroblog({ storage, search: { ...index, add }, logger: silentLogger });
    const client = await open(storage, failing.search);
    await expect(client.reindex({})).rejects.toMatchObject({
      code: 'storage_unwritable',
      message: 'The disk is full.',
    });
    await server.close();
    const off = await open(storage);
    await expect(off.reindex({})).rejects.toMatchObject({ code: 'search_off' });
    await expect(off.searchStatus()).rejects.toMatchObject({ code: 'search_off' });
    await server.close();
    const long = await open(storage, {
      ...search,
      fill: (options) =>
        new Promise((resolve) =>
          options?.signal?.addEventListener('abort', () => resolve({ complete: false, reached: null })),
        ),
    });
    await expect(long.reindex({ onProgress: () => void server.close() })).rejects.toMatchObject({
      code: 'storage_locked',
    });
  });
});

async function* encodeNothing(): AsyncGenerator<string> {}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}
