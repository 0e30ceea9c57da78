import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildTypes } from '../../scripts/build-types.js';
import { type UnpackedChromium, unpackChromium } from './chromium.ts';
import { startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's connection string; see `createDatabase` for a database of one's own. */
    postgresUrl: string;
    chromium: UnpackedChromium;
    /** A folder in which `microblog init` ran; see `initialisedFolder`. */
    initialised: string;
  }
}

const mainFile = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

/** One server for the whole run: that of `TEST_DATABASE_URL`, or one that is started for it. And a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // `pnpm test` builds without them; packages are tried with them.
  if (!existsSync('packages/core/dist/index.d.ts')) buildTypes();
  project.provide('chromium', await unpackChromium());
  const initialised = await initialise();
  project.provide('initialised', initialised);
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startPostgresServer();
  project.provide('postgresUrl', server.url);
  return async () => {
    await Promise.all([server.stop(), rm(initialised, { recursive: true })]);
  };
}

/** Making an embedded database takes seconds of a processor, copying one takes none. */
async function initialise(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'microblog-initialised-'));
  execFileSync(process.execPath, [mainFile, 'init'], { cwd: folder, env: { HOME: folder }, stdio: 'ignore' });
  return folder;
}
