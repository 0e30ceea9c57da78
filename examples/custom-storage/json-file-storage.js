import { createReadStream, existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { callIsolated, consoleLogger, decodeArchive, encodeArchive, memoryStorage } from '@microblog/core';

/**
 * Keeps everything in memory and writes it, after each change, to one file of JSON lines, the archive format. For a
 * handful of people and one process.
 * @param {string} file
 */
export async function jsonFileStorage(file) {
  const memory = memoryStorage();
  if (existsSync(file)) await memory.load(await decodeArchive(createReadStream(file)));

  async function write() {
    await memory.snapshot((content) => writeFile(`${file}.new`, encodeArchive(content, new Date())));
    await rename(`${file}.new`, file);
  }
  let lastWrite = Promise.resolve();
  /** Writes run one after the other; each sees everything that was committed before it. */
  const save = () => (lastWrite = lastWrite.then(write, write));

  /** @type {<Args extends unknown[], Result>(change: (...args: Args) => Promise<Result>) => (...args: Args) => Promise<Result>} */
  const thenSave =
    (change) =>
    async (...args) => {
      const result = await change(...args);
      await save();
      return result;
    };

  /** @type {<Repository extends object>(repository: Repository) => Repository} */
  const saving = (repository) => {
    const methods = Object.entries(repository).map(([name, method]) => [
      name,
      /^(find|list|taken|relationships|count|has|lock)/.test(name) ? method : thenSave(method),
    ]);
    return Object.fromEntries(methods);
  };

  const parts = Object.entries(memory).map(([name, part]) => [
    name,
    typeof part === 'object' ? saving(part) : part,
  ]);

  /** @type {typeof memory} */
  const storage = {
    ...Object.fromEntries(parts),
    load: thenSave(memory.load),
    async transaction(work) {
      /** @type {(() => void)[]} */
      const acts = [];
      const result = await memory.transaction((transaction) =>
        work({ ...transaction, afterCommit: (act) => void acts.push(act) }),
      );
      await save();
      for (const act of acts) {
        callIsolated(act, (err) => consoleLogger.error({ err }, 'an act after a commit failed'));
      }
      return result;
    },
    close: async () => lastWrite,
  };
  return storage;
}
