import { existsSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandFiles, NewFile, OpenFile } from '@microblog/host-koa/composition';
import { systemFault } from './system-fault.ts';

/** Files of this process. Disposing closes those that were opened for reading. */
export interface LocalFiles extends CommandFiles, AsyncDisposable {}

/**
 * Opening a path twice returns the same file, even if another file has got that name meanwhile. So the file that was
 * checked is the file that is used.
 */
export function localFiles(stdin: NodeJS.ReadableStream): LocalFiles {
  const opened = new Map<string, Promise<FileHandle>>();
  return {
    create: createFile,
    async open(path) {
      const handle = opened.get(path) ?? (path === '-' ? copyToTemporaryFile(stdin) : openFile(path));
      opened.set(path, handle);
      return readable(await handle);
    },
    async [Symbol.asyncDispose]() {
      const handles = await Promise.allSettled(opened.values());
      await Promise.all(handles.map((handle) => handle.status === 'fulfilled' && handle.value.close()));
    },
  };
}

/** The name is `path.partial` until the file is complete. */
async function createFile(path: string, { force }: { readonly force: boolean }): Promise<NewFile> {
  if (existsSync(path) && !force) {
    throw new Error(`${path} exists already. Choose another file, or add --force to replace it.`);
  }
  const partial = `${path}.partial`;
  // A killed process may have left one.
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  return {
    write: (bytes) => file.writeFile(bytes),
    async keep() {
      await file.sync();
      await file.close();
      await rename(partial, path);
    },
    async discard() {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a file. To read from a pipe, name it -.`);
  return open(path);
}

/**
 * Copies the stream to a temporary file. It has no name any more when the promise resolves, so the system deletes it
 * with the process.
 */
async function copyToTemporaryFile(stream: NodeJS.ReadableStream): Promise<FileHandle> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'microblog-restore-'));
    try {
      const file = await open(join(folder, 'archive'), 'wx+', 0o600);
      for await (const chunk of stream) await file.appendFile(chunk);
      return file;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw systemFault(error, `Can't copy the archive to ${tmpdir()}`, 'Make room there, or set TMPDIR.');
  }
}

async function readable(file: FileHandle): Promise<OpenFile> {
  const { size } = await file.stat();
  return {
    size,
    async read(position, length) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
    close: async () => {},
  };
}
