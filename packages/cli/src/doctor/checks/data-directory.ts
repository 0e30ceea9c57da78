import { statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '@microblog/host-koa/composition';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { nearestExisting, whyNotUsable } from './writable.ts';

const MEGABYTE = 1024 * 1024;

export interface SpaceLimits {
  /** In bytes. An empty embedded database takes some 40 MB. Postgres stops if it can't write. */
  readonly fail: number;
  readonly warn: number;
}

const limits: SpaceLimits = { fail: 100 * MEGABYTE, warn: 1024 * MEGABYTE };

/** Whether the data directory, or the one that would contain it, can be written and has enough space. */
export function checkDataDirectory(
  { dataDirectory, database }: Pick<Config, 'dataDirectory' | 'database'>,
  space: SpaceLimits = limits,
): Finding[] {
  const directory = resolve(dataDirectory);
  const existing = nearestExisting(directory);
  const unusable = whyNotUsable(existing);
  if (unusable !== null) {
    return [
      fail(
        'data-directory',
        `${directory} can't be used: ${unusable}.`,
        'Give this user the right to write there, or set DATA_DIR to another directory.',
      ),
    ];
  }
  const exists = existing === directory;
  const written = exists ? `${directory} can be written.` : `${directory} is made at the first start.`;
  return [
    ok('data-directory', written),
    ...(exists && database.kind === 'embedded' ? privacy(directory) : []),
    room(existing, space),
  ];
}

/** The embedded database keeps its own files private. This checks which users could replace the whole directory. */
function privacy(directory: string): Finding[] {
  if ((statSync(directory).mode & 0o002) === 0) return [];
  return [
    warn(
      'data-directory.permissions',
      `Every user of this machine may write in ${directory}.`,
      `Remove that right: chmod o-w ${directory}`,
    ),
  ];
}

function room(path: string, space: SpaceLimits): Finding {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const text = `${inUnits(free)} are free on the disk of the data directory.`;
  const remedy = 'Make room, or set DATA_DIR to a directory on a larger disk.';
  if (free < space.fail) return fail('data-directory.space', `Only ${text}`, remedy);
  if (free < space.warn) return warn('data-directory.space', `Only ${text}`, remedy);
  return ok('data-directory.space', text);
}

function inUnits(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return megabytes < 1024 ? `${Math.floor(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}
