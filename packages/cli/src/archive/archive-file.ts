import { Writable } from 'node:stream';
import type { CommandFiles, NewFile } from '@microblog/host-koa/composition';
import { systemFault } from '../local/system-fault.ts';

/**
 * Runs `write` on a new file `path` that only this user can read. The file gets its name after everything is written to
 * disk. If anything fails, no file remains.
 * @throws {Error} in one line if `path` exists (unless `force`) or can't be written; the errors of `write`.
 */
export async function createArchiveFile<Result>(
  files: CommandFiles,
  path: string,
  { force }: { force: boolean },
  write: (sink: Writable) => Promise<Result>,
): Promise<Result> {
  let file: NewFile | undefined;
  try {
    file = await files.create(path, { force });
    const result = await write(sinkOf(file));
    await file.keep();
    return result;
  } catch (error) {
    // The first error has the reason.
    await file?.discard().catch(() => {});
    throw systemFault(error, `Can't write ${path}`, 'Choose a place with free space that you may write.');
  }
}

function sinkOf(file: NewFile): Writable {
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      file.write(chunk).then(() => done(), done);
    },
  });
}
