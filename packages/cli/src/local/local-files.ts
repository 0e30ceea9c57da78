import { existsSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandFiles, NewFile, OpenFile } from '@microblog/host-koa/composition';
import { systemFault } from './system-fault.ts';

/** Files of this process. Disposing closes those that were opened for reading. */
export interface LocalFiles extends CommandFiles, AsyncDisposable {}

/**
 * A file that is opened twice is the same file both times, also if its name has gone to another one meanwhile:
 * what was checked is what is used.
 */
export function localFiles(stdin: NodeJS.ReadableStream): LocalFiles {
  const opened = new Map<string, Promise<FileHandle>>();
  return {
    create: createFile,
    async open(path) {
      const handle = opened.get(path) ?? (path === '-' ? setAside(stdin) : openFile(path));
      opened.set(path, handle);
      return readable(await handle);
    },
    async [Symbol.asyncDispose]() {
      const handles = await Promise.allSettled(opened.values());
      await Promise.all(handles.map((handle) => handle.status === 'fulfilled' && handle.value.close()));
    },
  };
}

/** Until it is kept, the file is `path.partial`. */
async function createFile(path: string, { force }: { readonly force: boolean }): Promise<NewFile> {
  if (existsSync(path) && !force) {
    throw new Error(`${path} exists already. Name another file, or add --force to replace it.`);
  }
  const partial = `${path}.partial`;
  // One that a killed process left.
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

/** The temporary file has no name any more when this resolves, and goes with the process. */
async function setAside(stream: NodeJS.ReadableStream): Promise<FileHandle> {
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
    throw systemFault(error, `Can't set the archive aside in ${tmpdir()}`, 'Make room there, or set TMPDIR.');
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
