import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RotatingFileOptions, rotatingFile } from '../../src/operations/logging/rotating-file.ts';
import { tryWithLock } from '../../src/operations/logging/rotation-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'microblog-logs-'));
  path = join(folder, 'blog.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const content = (suffix = '') => readFile(`${path}${suffix}`, 'utf8');
const names = async () => (await readdir(folder)).filter((name) => !name.endsWith('.lock')).sort();

async function written(lines: readonly string[], options: RotatingFileOptions = {}): Promise<void> {
  const file = rotatingFile(path, options);
  for (const line of lines) file.write(`${line}\n`);
  file.close();
}

describe('rotatingFile', () => {
  it('adds to an existing file, with a mode for its owner and group only', async () => {
    await written(['one']);
    await written(['two']);
    expect(await content()).toBe('one\ntwo\n');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('keeps ten files of one megabyte by default', async () => {
    await written(Array.from({ length: 115 }, (_, number) => `${number} ${'x'.repeat(104_857 - 10)}`));
    expect(await names()).toEqual(['blog.log', ...Array.from({ length: 9 }, (_, n) => `blog.log.${n + 1}`)]);
    for (const name of await names()) {
      expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1024 * 1024);
    }
  });

  it('moves the files on, the oldest out, and no line is torn or twice', async () => {
    await written(['1', '2', '3', '4', '5', '6', '7'], { maxBytes: 4, files: 3 });
    expect(await Promise.all(['', '.1', '.2'].map(content))).toEqual(['7\n', '5\n6\n', '3\n4\n']);
    expect(await names()).toHaveLength(3);
  });

  it('writes a line that is larger than a file as a whole', async () => {
    await written(['a', 'x'.repeat(100), 'b'], { maxBytes: 10 });
    expect(await Promise.all(['', '.1', '.2'].map(content))).toEqual(['b\n', `${'x'.repeat(100)}\n`, 'a\n']);
  });

  it('makes its folder', async () => {
    path = join(folder, 'logs', 'blog.log');
    await written(['one']);
    expect(await content()).toBe('one\n');
  });

  it('rotates beside the target of a link', async () => {
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real', 'blog.log'), path);
    await written(['1', '2'], { maxBytes: 2 });
    expect(await content()).toBe('2\n');
    expect(await readFile(join(folder, 'real', 'blog.log.1'), 'utf8')).toBe('1\n');
  });

  it('writes to a device or pipe without rotating it', () => {
    const faults: unknown[] = [];
    const file = rotatingFile('/dev/null', { maxBytes: 1, onFault: (error) => faults.push(error) });
    for (const line of ['one\n', 'two\n']) file.write(line);
    file.close();
    expect(faults).toEqual([]);
  });

  it.each(['/dev/null/blog.log', '/proc/blog.log', '/proc/nowhere/logs/blog.log'])(
    'throws for a path that cannot be written: %s',
    (bad) => {
      expect(() => rotatingFile(bad)).toThrow(/ENOTDIR|ENOENT|EEXIST|EACCES/);
    },
  );

  it('throws for a directory', () => {
    expect(() => rotatingFile(folder)).toThrow(/EISDIR/);
  });

  it('follows a file that was moved away when asked to reopen, not before', async () => {
    const file = rotatingFile(path);
    file.write('one\n');
    await rename(path, `${path}.old`);
    file.write('two\n');
    expect(await names()).toEqual(['blog.log.old']);
    file.reopen();
    file.write('three\n');
    file.close();
    expect([await content('.old'), await content()]).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('notices by itself that another file has taken its place', async () => {
    const file = rotatingFile(path);
    file.write('one\n');
    await rename(path, `${path}.old`);
    await writeFile(path, 'new\n');
    file.write('two\n');
    file.close();
    expect(await content()).toBe('new\ntwo\n');
  });

  it('grows for a while if another process is rotating', async () => {
    const file = rotatingFile(path, { maxBytes: 2 });
    file.write('1\n');
    tryWithLock(`${path}.lock`, () => file.write('2\n'));
    file.close();
    expect(await content()).toBe('1\n2\n');
  });

  it('reports a full disk once, and afterwards the number of lost lines', async () => {
    const reported: unknown[] = [];
    const file = rotatingFile(path, {
      onFault: (error) => reported.push(error),
      onRecovery: (lines) => reported.push(lines),
    });
    await rename(path, `${path}.old`);
    await symlink('/dev/full', path);
    file.reopen();
    for (const line of ['one\n', 'two\n']) file.write(line);
    await rm(path);
    file.reopen();
    file.write('three\n');
    file.close();
    expect(reported).toEqual([expect.objectContaining({ code: 'ENOSPC' }), 2]);
    expect(await content()).toBe('three\n');
  });

  it('keeps writing, and reports it, if it cannot be rotated', async () => {
    const faults: unknown[] = [];
    const file = rotatingFile(path, { maxBytes: 2, files: 2, onFault: (error) => faults.push(error) });
    // A directory named `.1` stops even root.
    await mkdir(`${path}.1`);
    for (const line of ['1\n', '2\n', '3\n']) file.write(line);
    file.close();
    expect(await content()).toBe('1\n2\n3\n');
    expect(faults).toHaveLength(1);
  });
});

describe('several processes on one file', () => {
  const writer = fileURLToPath(new URL('../support/log-writer.ts', import.meta.url));

  it('lose no line, split none, and rotate once each time', async () => {
    const writers = ['a', 'b', 'c'].map((name) =>
      spawn(process.execPath, [writer, path, name, '2000', '40000', '40'], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(writers.map(async (child) => (await once(child, 'close'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    const files = await names();
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
    const expected = ['a', 'b', 'c'].flatMap((name) =>
      Array.from({ length: 2000 }, (_, number) => `${name} ${number} ${'x'.repeat(100)}`),
    );
    expect(lines.sort()).toEqual(expected.sort());
    // If a file had been rotated twice, one of the older files would be almost empty.
    const sizes = await Promise.all(
      files.filter((name) => name !== 'blog.log').map(async (name) => (await stat(join(folder, name))).size),
    );
    // A file grows beyond its limit while another process is about to rotate it, so there may be few files.
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.min(...sizes)).toBeGreaterThan(39_000);
  });
});
