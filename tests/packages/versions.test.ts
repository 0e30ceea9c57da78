import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolders } from '../../scripts/pack-packages.js';
import { filesOf, workspace } from '../docs/pages.ts';
import { temporaryFolder } from '../support/microblog-process.ts';

it('a release gives all packages one version and leaves examples alone', async () => {
  const folder = await temporaryFolder();
  const copy = (path: string) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    cpSync(join(workspace, path), join(folder.path, path), { recursive: true });
  };
  const manifests = filesOf('package.json', '{packages,examples,tests,scripts}/*/package.json');
  for (const path of ['.changeset/config.json', 'pnpm-workspace.yaml', ...manifests]) copy(path);
  const changeset = join(folder.path, '.changeset/one.md');
  writeFileSync(changeset, "---\n'@microblog/core': minor\n---\n\nSomething new.\n");
  execFileSync('git', ['init', '--quiet'], { cwd: folder.path });
  execFileSync(join(workspace, 'node_modules/.bin/changeset'), ['version'], { cwd: folder.path });

  const versionIn = (root: string, path: string): string =>
    JSON.parse(readFileSync(join(root, path), 'utf8')).version;
  const packages = packageFolders().map((name) => `packages/${name}/package.json`);
  const [minor = 0] = versionIn(workspace, 'packages/core/package.json').split('.').slice(1).map(Number);
  for (const path of manifests) {
    const expected = packages.includes(path) ? `0.${minor + 1}.0` : versionIn(workspace, path);
    expect([path, versionIn(folder.path, path)]).toEqual([path, expected]);
  }
  await folder.remove();
});
