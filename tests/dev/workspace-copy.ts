import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A copy of the sources in a folder of its own, whose files a test may change. Links between the packages are
 * relative, so that they lead to the copy; what is installed is that of the workspace.
 */
export async function copyWorkspace(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'microblog-dev-'));
  const isSource = (file: string) => basename(file) !== 'dist';
  for (const name of ['packages', 'scripts']) {
    const options = { recursive: true, verbatimSymlinks: true, filter: isSource };
    await cp(join(workspace, name), join(path, name), options);
  }
  for (const name of ['package.json', 'pnpm-lock.yaml', 'tsconfig.json', 'tsup.config.ts'])
    await cp(join(workspace, name), join(path, name));
  await symlink(join(workspace, 'node_modules'), join(path, 'node_modules'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
