import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMicroblog,
  type LanguageDetector,
  type Mailer,
  type Microblog,
  type MicroblogOptions,
  memoryStorage,
  noMailer,
  type SearchIndex,
  type Storage,
  type Translator,
  unrestrictedReader,
} from '@microblog/core';
import { cheapPasswordHasher } from '@microblog/core/testing';
import { afterAll, beforeAll, expect } from 'vitest';
import { createKoaApp, hostMailTexts, type KoaAppOptions, type MountableKoa } from '../../src/index.ts';
import { listening } from './listening.ts';
import { shopSignIn, signInAtShop } from './shop.ts';
import type { Surroundings } from './surroundings.ts';
import { type Visitor, type VisitorOptions, visitor } from './visitor.ts';

export interface HostSetup {
  readonly microblog?: Partial<MicroblogOptions>;
  /** Default: search is off. */
  readonly search?: () => SearchIndex;
  /** Default: none; pages then say that there is no mail. */
  readonly mailer?: Mailer;
  /** Default: none; pages then offer no translation. */
  readonly translator?: Translator;
  /** Default: none; posts then have no language. */
  readonly languageDetector?: LanguageDetector;
  readonly app?: Partial<Omit<KoaAppOptions, 'basePath' | 'logger'>>;
}

export interface RunningHost {
  /** With the base path, without a trailing slash. */
  readonly url: string;
  readonly storage: Storage;
  readonly microblog: Microblog;
  /** Log lines of level error: every fault of the server. */
  readonly failures: readonly object[];
  close(): Promise<void>;
}

export interface OpenHost {
  (setup?: HostSetup): Promise<RunningHost>;
  readonly around: Surroundings;
  /** Who owns sign-in: this application with its account pages, or the host application. */
  readonly signIn: 'own' | 'host';
}

export interface HostKind {
  /** Default: the root. */
  readonly basePath?: string;
  /** Default: own. */
  readonly signIn?: OpenHost['signIn'];
  /** Default: in memory. */
  readonly openStorage?: () => Promise<Storage>;
  /** Mounts the application in a server that listens on 127.0.0.1. Default: plain `node:http`. */
  readonly serve?: (app: MountableKoa, basePath: string) => Promise<Server>;
  /** What `serve` puts around the application. Default: nothing. */
  readonly around?: Surroundings;
}

export const SECRET_KEY = 'a secret key for tests alone';

/** Starts the application on a free port. */
export function hostOpener(kind: HostKind = {}): OpenHost {
  const {
    basePath = '',
    signIn = 'own',
    openStorage = async () => memoryStorage(),
    serve = serveAlone,
    around = {},
  } = kind;
  const open = async (setup: HostSetup = {}) => {
    const { microblog: options = {}, mailer = noMailer, app: appOptions = {}, search } = setup;
    const storage = await openStorage();
    const mailTexts = hostMailTexts({
      origin: 'https://blog.example.org',
      basePath,
      secretKeys: [SECRET_KEY],
    });
    const ports = {
      storage,
      passwordHasher: cheapPasswordHasher(),
      mailer,
      mailTexts,
      ...(setup.translator === undefined ? {} : { translator: setup.translator }),
      ...(setup.languageDetector === undefined ? {} : { languageDetector: setup.languageDetector }),
    };
    const microblog = createMicroblog(
      { ...ports, ...(search === undefined ? {} : { search: search() }) },
      options,
    );
    await microblog.jobs.start(microblog.jobHandlers);
    const failures: object[] = [];
    const logger = {
      debug() {},
      info() {},
      warn() {},
      error: (details: object) => void failures.push(details),
    };
    const app = createKoaApp(microblog, {
      secretKeys: [SECRET_KEY],
      basePath,
      // Tests sign in, and fail to, more often than people do.
      limitAttempts: false,
      strictTemplates: true,
      ...(signIn === 'host' ? shopSignIn : {}),
      ...appOptions,
      logger,
    });
    const server = await serve(app, basePath);
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
      storage,
      microblog,
      failures,
      async close() {
        await new Promise((closed) => {
          server.close(closed);
          server.closeAllConnections();
        });
        await app.settled();
        await microblog.jobs.stop();
        await storage.close();
      },
    };
  };
  return Object.assign(open, { around, signIn });
}

function serveAlone(app: MountableKoa): Promise<Server> {
  return listening(app.callback());
}

export interface TestHost {
  readonly running: RunningHost;
  visitor(options?: VisitorOptions): Visitor;
  /** A visitor with a new account. Default nickname: one that nobody else has. */
  member(options?: VisitorOptions, nickname?: string): Promise<Visitor & { readonly nickname: string }>;
  /** All ids of people and posts, to check whether anything was written. */
  written(): Promise<readonly string[]>;
}

/** A host for the tests of a `describe`. The tests fail if the server logs an error. */
export function useHost(open: OpenHost, setup: HostSetup = {}): TestHost {
  let running: RunningHost | undefined;
  let members = 0;
  beforeAll(async () => {
    running = await open(setup);
  });
  afterAll(async () => {
    await running?.close();
    expect(running?.failures, 'faults of the server').toEqual([]);
  });
  const host: TestHost = {
    get running() {
      return running ?? expect.fail('the host is not running');
    },
    visitor: (options) => visitor(host.running.url, options),
    async member(options, nickname = `member${++members}`) {
      const person = host.visitor(options);
      if (open.signIn === 'host') {
        signInAtShop(person, nickname);
        expect((await person.get('/explore')).status).toBe(200);
      } else {
        expect((await person.register(nickname)).status).toBe(303);
      }
      return { ...person, nickname };
    },
    async written() {
      const { users, posts } = host.running.storage;
      const [people, written] = await Promise.all([
        users.list({ limit: 200 }),
        posts.listAll(unrestrictedReader, { limit: 200 }),
      ]);
      return [...people.items, ...written.items.map(({ post }) => post)].map(({ id }) => id);
    },
  };
  return host;
}
