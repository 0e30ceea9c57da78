import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ArchiveStorage,
  decodeArchive,
  encodeArchive,
  memoryStorage,
  noRecords,
  silentLogger,
} from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlClient } from './control-client.ts';
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

async function open(storage: ArchiveStorage) {
  server = await openControlServer({ storage, dataDirectory: folder, logger: silentLogger });
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

async function* encodeNothing(): AsyncGenerator<string> {}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}
