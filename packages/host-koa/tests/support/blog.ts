import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog, type Microblog, memoryStorage, type Storage } from '@microblog/core';
import { cheapPasswordHasher } from '@microblog/core/testing';
import { onTestFinished } from 'vitest';
import { createKoaApp, type KoaAppOptions, type MountableKoa } from '../../src/index.ts';
import { SECRET_KEY } from './host.ts';
import { listening } from './listening.ts';

export interface Blog {
  readonly app: MountableKoa;
  readonly microblog: Microblog;
  /** Lines of its log: one per request, and faults. */
  readonly requests: readonly object[];
  readonly faults: readonly { readonly err?: unknown; readonly code?: string }[];
}

/** A microblog in memory, for a test to mount. Default path: `/blog`. */
export function blog(options: Partial<KoaAppOptions> = {}, storage: Storage = memoryStorage()): Blog {
  const [requests, faults]: [object[], object[]] = [[], []];
  const logger = {
    debug() {},
    info: (line: object) => void requests.push(line),
    warn() {},
    error: (line: object) => void faults.push(line),
  };
  const microblog = createMicroblog({ storage, passwordHasher: cheapPasswordHasher() });
  const app = createKoaApp(microblog, {
    secretKeys: [SECRET_KEY],
    basePath: '/blog',
    strictTemplates: true,
    ...options,
    logger,
  });
  return { app, microblog, requests, faults };
}

/** A microblog whose list of posts can't be read: every request for it is a fault. */
export function brokenBlog(): Blog {
  const storage = memoryStorage();
  const listAll = () => Promise.reject(new Error('no posts today'));
  return blog({}, { ...storage, posts: { ...storage.posts, listAll } });
}

/** Serves until the test has ended. Returns the origin. */
export async function served(host: RequestListener | Server): Promise<string> {
  const server = typeof host === 'function' ? await listening(host) : host;
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
