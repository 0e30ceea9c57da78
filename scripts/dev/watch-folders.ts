import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

export interface FolderWatcher {
  close(): void;
}

/** In milliseconds. Editors save one file in several steps, and git writes several files at once. */
const PAUSE = 60;

/**
 * Reports the paths of files that changed in these folders and all below, together after a short pause. Each folder
 * has a watcher of its own: Node's recursive one on Linux loses a file that an editor replaces by another.
 */
export function watchFolders(
  folders: readonly string[],
  onChange: (files: ReadonlySet<string>) => void,
): FolderWatcher {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const report = () => {
    const files = changed;
    changed = new Set();
    onChange(files);
  };
  const note = (file: string) => {
    // Tests and temporary files of editors do not belong to the server.
    if (!/\.(ts|json|scss|svg)$/.test(file) || file.endsWith('.test.ts')) return;
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(report, PAUSE);
  };
  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const add = (folder: string, { isNew }: { isNew: boolean }) => {
    // A folder that was removed and made again needs a new watcher.
    forget(folder);
    // It may be gone again.
    if (!isFolder(folder)) return;
    const watcher = watch(folder, (event, name) => {
      if (name === null) return;
      const path = join(folder, name);
      note(path);
      if (event === 'rename') add(path, { isNew: true });
    });
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path, { isNew });
      else if (isNew) note(path);
    }
  };
  for (const folder of folders) add(folder, { isNew: false });
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
