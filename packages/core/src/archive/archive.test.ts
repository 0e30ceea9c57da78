import { describe, expect, it } from 'vitest';
import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import { builders } from '../testing/builders.ts';
import type { StoredSettings } from '../users/settings.ts';
import { noRecords } from './archive-content.ts';
import { ARCHIVE_VERSION } from './archive-schema.ts';
import { decodeArchive } from './decode-archive.ts';
import { encodeArchive } from './encode-archive.ts';

const AT = new Date('2026-03-04T05:06:07.008Z');

describe('an archive', () => {
  it('copies one storage to another, with chunks of any size', async () => {
    const bytes = await archived();
    for (const size of [1, 7, 1_000, bytes.length]) {
      const target = memoryStorage();
      await target.load(await decodeArchive(chunksOf(bytes, size)));
      expect(await textOf(target)).toBe(bytes.toString());
    }
  });

  it('is lines of JSON: a header, then the records, each kind after the kinds that it refers to', async () => {
    const lines = (await archived()).toString().trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      format: 'microblog-archive',
      version: ARCHIVE_VERSION,
      createdAt: AT.toISOString(),
      migrations: [],
      counts: { ...noRecords, users: 2, credentials: 1, identities: 1, follows: 1, posts: 2 },
    });
    const kinds = lines.slice(1).map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(['users', 'users', 'credentials', 'identities', 'follows', 'posts', 'posts']);
  });

  it('is refused if it is cut off at any place', async () => {
    const bytes = await archived();
    for (let length = 0; length < bytes.length; length++) {
      await expect(read(bytes.subarray(0, length))).rejects.toMatchObject({ code: 'archive_invalid' });
    }
    await expect(read(bytes)).resolves.toBe(7);
  });

  it.each<[what: string, alter: (text: string) => string]>([
    ['something else', () => 'Dear Ada,\n'],
    ['JSON of another program', () => '{"format":"other","version":1}\n'],
    ['a record twice', (text) => text.replace(/^.*"kind":"follows".*\n/m, '$&$&')],
    ['a record too few', (text) => text.replace(/^.*"kind":"follows".*\n/m, '')],
    ['a record of another kind', (text) => text.replace('"kind":"follows"', '"kind":"likes"')],
    ['kinds in another order', (text) => text.replace(/^(.*"kind":"users".*\n)(.*\n)(.*\n)/m, '$1$3$2')],
    ['records in another order', (text) => text.replace(/^(.*"kind":"users".*\n)(.*\n)/m, '$2$1')],
    ['an empty line', (text) => text.replace('\n', '\n\n')],
    ['a list instead of a record', (text) => text.replace(/^.*"kind":"follows".*$/m, '[]')],
    ['a field too many', (text) => text.replace('"kind":"follows"', '"kind":"follows","muted":true')],
    ['a field too few', (text) => text.replace('"aboutMe":"",', '')],
    ['an id that is a number', (text) => text.replace(/"id":"(\d+)"/, '"id":$1')],
    ['an id of more than 64 bits', (text) => text.replace(/"id":"\d+"/, '"id":"9223372036854775808"')],
    ['an invalid time', (text) => text.replace(/("kind":"users".*"createdAt":)"[^"]+"/, '$1"yesterday"')],
    ['a time in another form', (text) => text.replace(/("kind":"posts".*)Z"/, '$1+00:00"')],
    ['an unknown role', (text) => text.replace('"role":"member"', '"role":"king"')],
    ['a NUL in a setting', (text) => text.replace('"settings":{}', '"settings":{"a":["\\u0000"]}')],
    ['a NUL', (text) => text.replace('"body":"', '"body":"\\u0000')],
    ['a lone surrogate', (text) => text.replace('"body":"', '"body":"\\ud83d')],
    ['a count that is negative', (text) => text.replace('"follows":1', '"follows":-1')],
  ])('is refused with %s in it', async (_, alter) => {
    const text = (await archived()).toString();
    const altered = alter(text);
    expect(altered).not.toBe(text);
    await expect(read(Buffer.from(altered))).rejects.toMatchObject({ code: 'archive_invalid' });
  });

  it('is refused when it is not UTF-8, without its content in the message', async () => {
    const bytes = await archived();
    bytes[bytes.indexOf('post 5')] = 0xff;
    const refused = read(bytes);
    await expect(refused).rejects.toMatchObject({ code: 'archive_invalid' });
    await expect(refused).rejects.not.toThrow(/member1/);
  });

  it('of a newer format is refused, and the message says what to do', async () => {
    const text = (await archived()).toString();
    const newer = Buffer.from(text.replace(/"version":\d+/, `"version":${ARCHIVE_VERSION + 1},"more":1`));
    await expect(read(newer)).rejects.toMatchObject({
      code: 'archive_unsupported',
      message: expect.stringContaining('install that version'),
    });
  });

  it('of the first format, which had no identities, can be read', async () => {
    const text = (await archived()).toString();
    const [header = '', ...records] = text.split('\n');
    const { users, credentials, follows, posts } = JSON.parse(header).counts;
    const counts = { users, credentials, follows, posts };
    const lines = [JSON.stringify({ ...JSON.parse(header), version: 1, counts }), ...records];
    const first = lines.filter((line) => !line.includes('"kind":"identities"')).join('\n');
    const target = memoryStorage();
    await target.load(await decodeArchive(chunksOf(Buffer.from(first), 50)));
    const content = await target.snapshot(async ({ counts }) => counts);
    expect(content).toEqual({ ...noRecords, users: 2, credentials: 1, follows: 1, posts: 2 });
    await expect(read(Buffer.from(lines.join('\n')))).rejects.toMatchObject({ code: 'archive_invalid' });
    await expect(read(Buffer.from(text.replace(/"version":\d+/, '"version":1')))).rejects.toMatchObject({
      code: 'archive_invalid',
    });
  });

  it.each([
    ['true', {}],
    ['false', { mailOnFollow: false }],
  ])('of the second format, with mailOnFollow %s, has settings', async (mailOnFollow, settings) => {
    const second = (await archived())
      .toString()
      .replace('"version":3', '"version":2')
      .replaceAll('"settings":{}', `"mailOnFollow":${mailOnFollow}`);
    const target = memoryStorage();
    await target.load(await decodeArchive(chunksOf(Buffer.from(second), 50)));
    expect(await target.users.findByNickname('member1')).toMatchObject({ settings });
  });

  it('writes the keys of settings in one order, for any order in the storage', async () => {
    const of = async (settings: StoredSettings) => {
      const storage = memoryStorage();
      const { id } = await storage.users.insert(builders(AT).user());
      await storage.users.update(id, { settings });
      return textOf(storage);
    };
    expect(await of({ b: { d: 1, c: [2] }, a: true })).toBe(await of({ a: true, b: { c: [2], d: 1 } }));
  });

  it('names a malformed field by line, never by value', async () => {
    const text = (await archived()).toString().replace('"passwordHash":"secret-hash"', '"passwordHash":7');
    const error = await read(Buffer.from(text)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MicroblogError);
    expect(String(error)).toContain('Line 4 is malformed: passwordHash');
  });

  it('fails if a storage returns fewer records than it counted', async () => {
    const content = { migrations: [], counts: { ...noRecords, users: 1 } };
    const lines = encodeArchive({ ...content, async *batches() {} }, AT);
    await expect(joined(lines)).rejects.toMatchObject({ code: 'storage_failed' });
  });
});

/** Two users, one with the largest id. A text contains characters that other formats treat as line ends. */
async function archived(): Promise<Buffer> {
  const storage = memoryStorage();
  const build = builders(AT);
  const ada = await storage.users.insert(build.user());
  const ben = await storage.users.insert(build.user({ id: '9223372036854775807' as UserId, email: null }));
  await storage.credentials.save({ userId: ada.id, passwordHash: 'secret-hash', changedAt: AT });
  await storage.identities.insert([build.identity(ada.id, { subject: 'a\u2028b' })]);
  await storage.follows.insert(build.follow(ada.id, ben.id));
  await storage.posts.insert(build.post(ada.id));
  await storage.posts.insert(build.post(ben.id, { body: 'a\u2028b\u2029c\u0085d\n👩‍👩‍👧 "\\"' }));
  return Buffer.from(await textOf(storage));
}

async function textOf(storage: ReturnType<typeof memoryStorage>): Promise<string> {
  return storage.snapshot((content) => joined(encodeArchive(content, AT)));
}

async function joined(texts: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const text of texts) all += text;
  return all;
}

/** Reads all records. Returns their number. */
async function read(bytes: Uint8Array): Promise<number> {
  const { batches } = await decodeArchive(chunksOf(bytes, 100));
  let count = 0;
  for await (const { records } of batches()) count += records.length;
  return count;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
