import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import {
  composeId,
  isMicroblogError,
  type Post,
  parseSearchQuery,
  type SearchIndex,
  type UserId,
} from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSearchIndex } from '../src/index.ts';

const createdAt = new Date('2026-01-01T00:00:00Z');
const post = (number: number, body = `number ${number} of many`): Post => ({
  id: composeId(createdAt.getTime() + number, 0),
  authorId: '7' as UserId,
  body,
  language: null,
  createdAt,
});
const posts = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => post(from + n));
const complete = { complete: true, reached: post(0).id };

const find = async (index: SearchIndex, text: string) =>
  (await index.search(parseSearchQuery(text).query, { order: 'recent', limit: 1000 })).length;

describe('the file of a search index', () => {
  let directory = '';
  let file = '';
  const opened: SearchIndex[] = [];
  const children: ChildProcess[] = [];
  const logged: string[] = [];
  const record = (_details: object, message: string) => void logged.push(message);
  const logger = { debug: record, info: record, warn: record, error: record };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'search-'));
    file = join(directory, 'search.db');
    logged.length = 0;
  });
  afterEach(async () => {
    for (const index of opened.splice(0)) await index.close();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });

  const openIndex = () => {
    const index = fileSearchIndex({ file, logger });
    opened.push(index);
    return index;
  };

  /** An index that holds posts and is complete. */
  async function filled(count = 1000): Promise<SearchIndex> {
    const index = openIndex();
    await index.add(posts(0, count), complete);
    logged.length = 0;
    return index;
  }

  /** Expects a rebuilt index: empty, working, and not yet filled. */
  async function expectRebuilt(index: SearchIndex, message: string): Promise<void> {
    expect(await find(index, 'many')).toBe(0);
    expect(await index.status()).toMatchObject({ posts: 0, progress: { complete: false, reached: null } });
    await index.add(posts(0, 3));
    expect(await find(index, 'many')).toBe(3);
    expect(logged.some((line) => line.includes(message))).toBe(true);
  }

  it('is made on first use, not before, for its owner alone', async () => {
    file = join(directory, 'of', 'its', 'own', 'search.db');
    const index = openIndex();
    await expect(stat(join(directory, 'of'))).rejects.toThrow('ENOENT');
    expect(await find(index, 'many')).toBe(0);
    expect((await stat(join(directory, 'of'))).mode & 0o777).toBe(0o700);
    expect(logged).toEqual(['search index created; jobs will fill it']);
  });

  it('is rebuilt if it is deleted while it is open', async () => {
    const index = await filled();
    for (const part of ['', '-wal', '-shm']) await rm(`${file}${part}`, { force: true });
    await expectRebuilt(index, 'jobs will fill it');
  });

  it('is rebuilt if it is overwritten while it is open, by the next process that opens it, for all', async () => {
    const before = await filled();
    for (const part of ['-wal', '']) await writeFile(`${file}${part}`, 'nonsense'.repeat(2_000));
    const next = openIndex();
    await expectRebuilt(next, 'outdated or damaged');
    expect(await find(before, 'many')).toBe(3);
    await before.add(posts(3, 5));
    expect(await find(next, 'many')).toBe(5);
  });

  it.each<[string, () => Promise<void>]>([
    ['is empty', () => writeFile(file, '')],
    ['is something else', () => writeFile(file, 'no database at all'.repeat(1000))],
    [
      'is of another version',
      async () => {
        using database = new DatabaseSync(file);
        database.exec('create table posts (id); pragma user_version = 9999');
      },
    ],
    [
      'is a database of something else',
      async () => {
        using database = new DatabaseSync(file);
        database.exec('create table recipes (id)');
      },
    ],
  ])('is rebuilt if the file %s', async (_name, put) => {
    await put();
    await expectRebuilt(openIndex(), 'outdated or damaged');
  });

  it('is rebuilt if it was cut off', async () => {
    const before = await filled();
    await before.close();
    await truncate(file, Math.floor((await stat(file)).size / 2 / 4096) * 4096);
    const index = openIndex();
    await find(index, 'many');
    for (const number of [1, 500, 999]) await find(index, `"number ${number}"`);
    await index.add(posts(0, 1000));
    expect(await find(index, 'many')).toBe(1000);
    expect((await index.status()).progress.complete).toBe(false);
    expect(logged.join()).toContain('damaged');
  });

  it('is rebuilt if it is damaged inside, by the process that notices first, for all that have it open', async () => {
    const before = await filled(5000);
    await before.close();
    const handle = await open(file, 'r+');
    const { size } = await handle.stat();
    // All pages except the first, which identify the file.
    for (let at = 8 * 4096; at < size; at += 4096) await handle.write(Buffer.alloc(4096, 0x5a), 0, 4096, at);
    await handle.close();
    const [one, other] = [openIndex(), openIndex()];
    await find(one, 'many');
    await find(other, 'many');
    await one.add(posts(0, 3));
    await other.add(posts(3, 6));
    expect([await find(one, 'many'), await find(other, 'many')]).toEqual([6, 6]);
    expect(logged.join()).toContain('damaged');
  });

  it('that is not writable is named, with a remedy', async () => {
    // Root may write everywhere, but cannot make a directory below a file either.
    await writeFile(join(directory, 'file'), '');
    file = join(directory, 'file', 'search.db');
    const error = await find(openIndex(), 'many').catch((caught: unknown) => caught);
    expect(isMicroblogError(error, 'storage_unwritable')).toBe(true);
  });

  it('is written without holding up the calling thread, also while another process writes', async () => {
    const index = await filled(10);
    using other = new DatabaseSync(file);
    other.exec('begin immediate');
    const added = index.add([post(10)]);
    expect(await find(index, 'many')).toBe(10);
    other.exec('commit');
    await added;
    expect(await find(index, 'many')).toBe(11);
  });

  it('holds all changes before it was closed, in their order', async () => {
    const index = await filled(10);
    const changes = [
      index.remove([post(0).id]),
      index.add([post(0, 'again many')]),
      index.remove([post(1).id]),
    ];
    await index.close();
    await Promise.all(changes);
    const next = openIndex();
    expect([await find(next, 'many'), await find(next, 'again')]).toEqual([9, 1]);
  });

  it('holds posts written concurrently by processes that were killed', async () => {
    const index = openIndex();
    await index.status();
    const script = fileURLToPath(new URL('support/file-writer.ts', import.meta.url));
    const confirmed = new Map<ChildProcess, number>();
    const start = (from: number) => {
      const child = spawn(
        process.execPath,
        ['--conditions=@microblog/source', '--no-warnings', script, file, String(from)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      children.push(child);
      confirmed.set(child, 0);
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        confirmed.set(child, (confirmed.get(child) ?? 0) + text.split('\n').length - 1);
      });
      return child;
    };
    const writers = [start(0), start(100_000), start(200_000)];
    const ended = writers.map((child) => once(child, 'close'));
    for (const child of writers) {
      while ((confirmed.get(child) ?? 0) < 20) {
        await find(index, 'many');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      child.kill('SIGKILL');
    }
    await Promise.all(ended);
    for (const [place, child] of writers.entries()) {
      const count = confirmed.get(child) ?? 0;
      expect(count).toBeGreaterThanOrEqual(20);
      for (const number of [0, count - 1]) {
        expect(await find(index, `"number ${place * 100_000 + number} of"`)).toBe(1);
      }
    }
    const { posts: held } = await index.status();
    expect(held).toBe(await countIn(file));
    expect(logged).toEqual(['search index created; jobs will fill it']);
  });
});

async function countIn(file: string): Promise<number> {
  using database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  return Number(database.prepare('select count(*) as posts from posts').get()?.posts);
}
