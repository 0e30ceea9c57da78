import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../source-hash.js';

/** Folders whose files the server or its assets are made of. Templates are missing: each page reads them again. */
export function sourceFolders(): string[] {
  const host = join(root, 'packages/host-koa');
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
  return [...packages, join(host, 'assets'), join(host, 'locales')].filter((folder) => existsSync(folder));
}

/** What is wrong with a JSON file, and where; null for other files, and for one that is gone. */
export function jsonFault(file: string): string | null {
  if (!file.endsWith('.json') || !existsSync(file)) return null;
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return null;
  } catch (error) {
    return `${relative(root, file)}: ${(error as Error).message}`;
  }
}

/** Whether the server reads the file when it starts, so that a change needs a restart. */
export function isServerSource(file: string): boolean {
  return /\/(src\/.*\.ts|locales\/.*\.json)$/.test(relative(root, file));
}
