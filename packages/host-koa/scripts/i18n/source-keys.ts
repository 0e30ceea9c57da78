import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dynamicKeys, fieldContexts } from './dynamic-keys.ts';
import { keysInModule } from './keys-in-modules.ts';
import { keysInTemplate } from './keys-in-templates.ts';
import type { UsedKey } from './used-key.ts';

/** Folders that use texts: modules, templates, and scripts that compile texts into assets. */
const FOLDERS = ['src', 'views', 'scripts'];

/** A text that the code uses. */
export interface WantedText {
  readonly catalogue: string;
  readonly key: string;
  readonly uses: readonly UsedKey[];
}

export interface SourceKeys {
  /** By `catalogue:key`. */
  readonly wanted: ReadonlyMap<string, WantedText>;
  /** True if the code may use a key. There may also be texts for single fields. */
  mayWant(catalogue: string, key: string): boolean;
  /** Uses whose key is built at run time and not listed in `dynamic-keys.ts`. */
  readonly undeclared: readonly UsedKey[];
  /** Listed patterns that no code uses. */
  readonly stale: readonly string[];
}

/** Reads the sources of the package. */
export function sourceKeys(folder: string): SourceKeys {
  const wanted = new Map<string, WantedText & { uses: UsedKey[] }>();
  const undeclared: UsedKey[] = [];
  const stale = new Set(Object.keys(dynamicKeys));
  for (const use of FOLDERS.flatMap((name) => usesIn(folder, join(folder, name)))) {
    const pattern = use.pattern?.includes(':') ? use.pattern : `pages:${use.pattern ?? '*'}`;
    stale.delete(pattern);
    const values = pattern.includes('*') ? dynamicKeys[pattern] : [''];
    if (values === undefined) undeclared.push(use);
    for (const value of values ?? []) {
      const name = pattern.replace('*', value);
      const [catalogue = '', key = ''] = name.split(':');
      const known = wanted.get(name);
      if (known === undefined) wanted.set(name, { catalogue, key, uses: [use] });
      else known.uses.push(use);
    }
  }
  const ofField = new RegExp(`^(fields\\..+)_(${fieldContexts.join('|')})$`);
  return {
    wanted,
    mayWant: (catalogue, key) =>
      wanted.has(`${catalogue}:${key}`) ||
      (catalogue === 'errors' && wanted.has(`errors:${ofField.exec(key)?.[1]}`)),
    undeclared,
    stale: [...stale],
  };
}

function usesIn(root: string, folder: string): UsedKey[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return usesIn(root, path);
    const read = () => readFileSync(path, 'utf8');
    if (entry.name.endsWith('.njk')) return keysInTemplate(read(), relative(root, path));
    if (!/\.(ts|js)$/.test(entry.name) || entry.name.endsWith('.test.ts')) return [];
    return keysInModule(read(), relative(root, path));
  });
}
