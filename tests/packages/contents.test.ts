import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedPackage, packageFolders, packPackage, pnpmProgram } from '../../scripts/pack-packages.js';
import { parsePage, workspace } from '../docs/pages.ts';
import { temporaryFolder } from '../support/microblog-process.ts';

const read = (path: string) => readFileSync(join(workspace, path), 'utf8');
const documented = read('docs/packages.md');
const folders = packageFolders();

let work: Awaited<ReturnType<typeof temporaryFolder>>;
let packed: ReadonlyMap<string, PackedPackage>;
beforeAll(async () => {
  work = await temporaryFolder();
  const pnpm = pnpmProgram();
  packed = new Map(folders.map((folder) => [folder, packPackage(folder, work.path, pnpm)]));
});
afterAll(() => work.remove());

function packedOf(folder: string): PackedPackage {
  const found = packed.get(folder);
  if (found === undefined) throw new Error(`${folder} was not packed.`);
  return found;
}

/** The specifiers that users can import from a package. */
const specifiersOf = ({ name, manifest }: PackedPackage) =>
  Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => name + subpath.slice(1));

describe.each(folders)('%s as it is published', (folder) => {
  it('holds only what is needed: no tests, no sources', () => {
    const { files } = packedOf(folder);
    const root = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
    const built =
      /^dist\/.+\.(js|js\.map|d\.ts)$|^dist\/assets\/.+\.(css|js|svg)(\.br|\.gz)?$|^dist\/assets\/.+\.json$/;
    const templates = /^views\/.+\.njk$/;
    const isNeeded = (file: string) => [root, built, templates].some((kind) => kind.test(file));
    expect(files.filter((file) => !isNeeded(file))).toEqual([]);
    expect(files.filter((file) => /test|spec/.test(file) && !/^dist\/testing\//.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
  });

  it('names no folder of the machine that built it', () => {
    const { unpacked, files } = packedOf(folder);
    const here = [workspace.replace(/\/$/, ''), `${homedir()}/`];
    const text = (file: string) => readFileSync(join(unpacked, file), 'utf8');
    expect(files.filter((file) => here.some((path) => text(file).includes(path)))).toEqual([]);
    for (const map of files.filter((file) => file.endsWith('.map'))) {
      const { sources }: { sources: string[] } = JSON.parse(text(map));
      expect(sources.filter((source) => !/^(\.\.\/)+[\w@.]/.test(source))).toEqual([]);
    }
  });

  it('states its Node.js versions and its licence', () => {
    const { engines, license, type } = packedOf(folder).manifest;
    expect({ engines, license, type }).toEqual({
      engines: { node: '>=22.18' },
      license: 'MIT',
      type: 'module',
    });
  });

  it('exports what docs/packages.md lists, each with a page of the API reference', async () => {
    const specifiers = specifiersOf(packedOf(folder));
    const { name } = packedOf(folder).manifest;
    const rows = [...documented.matchAll(/^\| `([^`]+)`.*\[API\]\((.*)\) +\|$/gm)];
    const listed = rows.filter(
      ([, specifier = '']) => specifier === name || specifier.startsWith(`${name}/`),
    );
    expect(listed.map(([, specifier]) => specifier)).toEqual(specifiers);
    for (const [, specifier = '', link = ''] of listed) {
      expect(link).toBe(`api/${specifier}.md`);
      const { anchors } = parsePage(link, read(`docs/${link}`));
      const exported = Object.keys(await import(specifier)).map((one) => one.toLowerCase());
      expect(exported.filter((one) => !anchors.has(one))).toEqual([]);
    }
  });

  it('is about as big as docs/packages.md says', () => {
    const { name, size } = packedOf(folder);
    const row = new RegExp(`^\\| \`${name}\` \\| (\\d+) kB \\| (\\d+) kB \\| (\\d+) \\|$`, 'm');
    const [, packedSize, unpackedSize, files] = (row.exec(documented) ?? []).map(Number);
    // Half as much again or a few kB more: past that, `pnpm docs:sizes` records it again.
    for (const [recorded = 0, real] of [
      [packedSize, size.packed / 1000],
      [unpackedSize, size.unpacked / 1000],
      [files, size.files],
    ]) {
      expect(Math.abs((real ?? 0) - recorded)).toBeLessThan(recorded / 2 + 5);
    }
  });
});
