import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodeArchive, memoryStorage, noRecords } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArchiveFile } from '../src/archive/archive-file.ts';
import { encodeTrailer } from '../src/archive/archive-trailer.ts';
import { openArchive, readContent, verifyArchive } from '../src/archive/read-archive.ts';
import { writeArchive } from '../src/archive/write-archive.ts';
import { localFiles } from '../src/local/local-files.ts';
import { run } from '../src/run.ts';

let folder: string;
let file: string;
let whole: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'microblog-archive-'));
  file = join(folder, 'archive.gz');
  whole = await archiveOf(await populated());
});
afterAll(() => rm(folder, { recursive: true }));

describe('an archive file', () => {
  it('can be read by gzip, and ends in a trailer', async () => {
    const lines = gunzipSync(whole).toString().trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 5 + 1);
    const counts = { users: 2, credentials: 0, identities: 0, follows: 1, posts: 2 };
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      kind: 'end',
      counts,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await verify(whole)).toMatchObject({ counts });
  });

  it('is refused if it is cut off at any place', async () => {
    for (let length = 0; length < whole.length; length++) await refuses(whole.subarray(0, length));
  });

  it('is refused if any byte is changed, even only its last bit', async () => {
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (at % 2 === 0 ? 0x01 : 0x80);
      await refuses(changed);
    }
  });

  it.each<[what: string, bytes: () => Buffer]>([
    ['an extra byte', () => Buffer.concat([whole, Buffer.from('x')])],
    ['an extra line feed', () => Buffer.concat([whole, Buffer.from('\n')])],
    ['a second copy after it', () => Buffer.concat([whole, whole])],
    ['no content', () => Buffer.alloc(0)],
    ['a text as content', () => Buffer.from('Dear Ada,\n'.repeat(100))],
    ['another gzip file as content', () => gzipSync(Buffer.from('Dear Ada,\n'.repeat(1_000)), { level: 0 })],
    ['another gzip file as content and a correct trailer', () => sealed(gzipSync('Dear Ada,\n'))],
    [
      'content without gzip and a correct trailer',
      () => sealed(Buffer.concat([Buffer.from('1f8b', 'hex'), whole])),
    ],
    ['half of the content and a correct trailer', () => sealed(whole.subarray(0, whole.length / 2))],
  ])('is refused with %s', async (_, bytes) => {
    await refuses(bytes());
  });

  it('of a newer format is refused with a remedy', async () => {
    const text = gunzipSync(whole.subarray(0, -encodeTrailer(nothing).length)).toString();
    const newer = sealed(gzipSync(text.replace(/"version":\d+/, '"version":999')));
    await expect(verify(newer)).rejects.toMatchObject({
      code: 'archive_unsupported',
      message: expect.stringContaining('newer version'),
    });
  });

  it('of the first version is still accepted and restored', async () => {
    const first = await readFile(new URL('support/version-1.microblog.gz', import.meta.url));
    expect(await verify(first)).toMatchObject({
      counts: { users: 2, credentials: 1, identities: 0, follows: 1, posts: 1 },
    });
    const target = memoryStorage();
    const path = join(folder, 'first.gz');
    await writeFile(path, first);
    await using files = localFiles(new PassThrough());
    await using source = await openArchive(files, path);
    await target.load(await readContent(source));
    expect(await target.users.findByNickname('ada')).toMatchObject({ postCount: 1, followingCount: 1 });
    for (let at = 0; at < first.length; at += 7) {
      const changed = Buffer.from(first);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await refuses(changed);
    }
  });

  it('is checked by `restore --check`, from a file and from standard input, without a database', async () => {
    await writeFile(file, whole);
    const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' };
    for (const [name, input] of [[file, ''] as const, ['-', whole] as const]) {
      const { code, stdout, stderr } = await microblog(environment, input, 'restore', '--check', name);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(
        /^The archive is whole: 2 users, 0 credentials, 0 identities, 1 follows and 2 posts, of 2026-/,
      );
    }
    const cut = await microblog(environment, whole.subarray(0, -1), 'restore', '--check', '-', '--json');
    expect(cut).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('cut off or altered') });
    expect(cut.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('that is missing, or is a folder, is reported in one line', async () => {
    const missing = await microblog({}, '', 'restore', '--check', join(folder, 'nothing'));
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^microblog: Can't read .+: .+\n$/),
    });
    const directory = await microblog({}, '', 'restore', '--check', folder);
    expect(directory).toMatchObject({
      code: 1,
      stderr: `microblog: ${folder} is not a file. To read from a pipe, name it -.\n`,
    });
  });

  it('has a partial name until it is complete, and is deleted if writing fails or is interrupted', async () => {
    const path = join(folder, 'new.gz');
    await using files = localFiles(new PassThrough());
    const content = { migrations: [], counts: nothing.counts };
    const whole = () => encodeArchive({ ...content, async *batches() {} }, new Date());
    const interruption = new AbortController();
    async function* interrupted() {
      yield* whole();
      expect(await readdir(folder)).toContain('new.gz.partial');
      interruption.abort(new Error('interrupted'));
      yield '';
    }
    async function* broken() {
      yield* whole();
      throw new Error('broken');
    }
    async function* short() {
      yield (await whole().next()).value.replace('"posts":0', '"posts":1');
    }
    const write = (lines: AsyncIterable<string>, { signal } = new AbortController()) =>
      createArchiveFile(files, path, { force: false }, (sink) =>
        writeArchive(lines, sink, { signal, onStart() {}, onRecords() {} }),
      );
    await expect(write(interrupted(), interruption)).rejects.toThrow(/abort|interrupted/i);
    await expect(write(broken())).rejects.toThrow('broken');
    await expect(write(short())).rejects.toThrow('The archive is incomplete');
    expect((await readdir(folder)).filter((name) => name.startsWith('new'))).toEqual([]);
    await writeFile(`${path}.partial`, 'left by a process that was killed');
    await write(whole());
    expect((await readdir(folder)).filter((name) => name.startsWith('new'))).toEqual(['new.gz']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(
      createArchiveFile(files, join(folder, 'no', 'new.gz'), { force: false }, async () => {}),
    ).rejects.toThrow(/^Can't write .*new\.gz: no such file or directory\. Choose/);
  });

  it('is not replaced by a backup without --force', async () => {
    const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' };
    await writeFile(file, 'precious');
    expect((await microblog(environment, '', 'backup', file)).code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('precious');
  });

  it('is neither stored nor copied on a dyno', async () => {
    const heroku = {
      HEROKU: '1',
      DATABASE_URL: 'postgres://127.0.0.1:1/x',
      SECRET_KEY: 'sixteen characters',
    };
    expect(await microblog(heroku, '', 'backup', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('or use -'),
    });
    expect(await microblog(heroku, whole, 'restore', '-')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a machine of your own'),
    });
  });
});

const nothing = { counts: noRecords, sha256: '0'.repeat(64) };

async function populated() {
  const storage = memoryStorage();
  const build = builders();
  const ada = await storage.users.insert(build.user());
  const ben = await storage.users.insert(build.user());
  await storage.follows.insert(build.follow(ada.id, ben.id));
  await storage.posts.insert(build.post(ada.id));
  await storage.posts.insert(build.post(ben.id, { body: '👩‍👩‍👧 é' }));
  return storage;
}

async function archiveOf(storage: Awaited<ReturnType<typeof populated>>): Promise<Buffer> {
  const sink = new PassThrough();
  const options = { signal: new AbortController().signal, onStart() {}, onRecords() {} };
  const written = storage.snapshot((content) =>
    writeArchive(encodeArchive(content, new Date()), sink, options),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of sink) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect((await written).bytes).toBe(bytes.length);
  return bytes;
}

/** Any content with a matching trailer. */
function sealed(content: Buffer): Buffer {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return Buffer.concat([content, encodeTrailer({ ...nothing, sha256 })]);
}

async function verify(bytes: Buffer) {
  await writeFile(file, bytes);
  await using files = localFiles(new PassThrough());
  await using source = await openArchive(files, file);
  return await verifyArchive(source, { onStart() {}, onRecords() {} });
}

async function refuses(bytes: Buffer): Promise<void> {
  await expect(verify(bytes)).rejects.toMatchObject({ code: 'archive_invalid' });
}

async function microblog(environment: Record<string, string>, input: string | Buffer, ...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const code = await run(args, { environment, stdin, stdout, stderr });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
