import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runStatements } from '../../packages/adapters-postgres/tests/support/administrator.ts';
import { buildTypes } from '../../scripts/build-types.js';
import { type UnpackedChromium, unpackChromium } from './chromium.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's connection string; see `createDatabase` for a database of one's own. */
    postgresUrl: string;
    chromium: UnpackedChromium;
    /** Holds what `madeOnce` makes. */
    sharedFolder: string;
    /** The name of a migrated database on the server, if `createMigratedDatabase` made it. */
    templateDatabase: string;
  }
}

/** One database server for the whole run: that of `TEST_DATABASE_URL`, or a new one. And a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // `pnpm test` builds without declarations; the package tests need them.
  if (!existsSync('packages/core/dist/index.d.ts')) buildTypes();
  project.provide('chromium', await unpackChromium());
  const folder = await mkdtemp(join(tmpdir(), 'microblog-shared-'));
  project.provide('sharedFolder', folder);
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  project.provide('templateDatabase', template);
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? givenServer(given, template) : await startPostgresServer();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

function givenServer(url: string, template: string): Pick<PostgresServer, 'url' | 'stop'> {
  return { url, stop: () => runStatements(url, [`drop database if exists ${template}`]) };
}
