import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { buildTypes } from '../../scripts/build-types.js';
import { type UnpackedChromium, unpackChromium } from './chromium.ts';
import { startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's connection string; see `createDatabase` for a database of one's own. */
    postgresUrl: string;
    chromium: UnpackedChromium;
  }
}

/** One server for the whole run: that of `TEST_DATABASE_URL`, or one that is started for it. And a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // `pnpm test` builds without them; packages are tried with them.
  if (!existsSync('packages/core/dist/index.d.ts')) buildTypes();
  project.provide('chromium', await unpackChromium());
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startPostgresServer();
  project.provide('postgresUrl', server.url);
  return server.stop;
}
