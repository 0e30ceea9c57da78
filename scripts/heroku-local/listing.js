import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string[]} folders @returns {Map<string, string>} every file and folder below, with a value that changes
 * when it is written
 */
export function listing(folders) {
  const found = new Map();
  /** @param {string} path */
  const look = (path) => {
    const { size, mtimeMs, mode, ino } = lstatSync(path);
    found.set(path, `${size} ${mtimeMs} ${mode} ${ino}`);
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
  };
  for (const folder of folders) look(folder);
  return found;
}

/**
 * @param {Map<string, string>} before @param {Map<string, string>} after @returns {string[]} paths that were made,
 * changed or removed
 */
export function differences(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
}
