import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PackedPackage } from '../../scripts/pack-packages.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** One version of a package: its `package.json` and its tarball. */
interface Published {
  readonly manifest: Manifest;
  /** Packs at the first call. */
  tarball(): Promise<Tarball>;
}

interface Tarball {
  readonly bytes: Buffer;
  /** With it, package managers take from their caches what they have installed before. */
  readonly integrity: string;
}

export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A package registry on the loopback interface. It offers our own packages as they would be published. Of all other
 * packages it offers exactly what this workspace has installed: the versions of the lock file, without the network.
 * Installing from it needs no overrides, so the packed manifests themselves are tested.
 */
export async function startRegistry(packed: readonly PackedPackage[], workspace: string): Promise<Registry> {
  const published = new Map<string, Published[]>();
  const add = (version: Published) => {
    const { name } = version.manifest;
    published.set(name, [...(published.get(name) ?? []), version]);
  };
  for (const version of await installedIn(join(workspace, 'node_modules/.pnpm'))) add(version);
  for (const { manifest, tarball } of packed)
    add({ manifest: manifest as Manifest, tarball: packedOnce(() => readFile(tarball)) });

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const [name = '', version] = path.split('/-/');
    const versions = published.get(name) ?? [];
    const one = versions.find(({ manifest }) => `${manifest.version}.tgz` === version);
    if (one !== undefined) {
      response.end((await one.tarball()).bytes);
    } else if (version === undefined && versions.length > 0) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await packument(versions, `http://${request.headers.host}`)));
    } else {
      response.writeHead(404).end('{}');
    }
  }

  /**
   * A registry's description of a package, without dependencies that this workspace does not have. These are
   * optional dependencies of other platforms, and optional peers, for which npm would search endlessly.
   */
  async function packument(versions: readonly Published[], base: string) {
    const described = versions.map(async ({ manifest, tarball }) => ({
      ...manifest,
      optionalDependencies: Object.fromEntries(
        Object.entries(manifest.optionalDependencies ?? {}).filter(([name]) => published.has(name)),
      ),
      peerDependencies: Object.fromEntries(
        Object.entries(manifest.peerDependencies ?? {}).filter(
          ([name]) => !manifest.peerDependenciesMeta?.[name]?.optional,
        ),
      ),
      dist: {
        tarball: `${base}/${manifest.name}/-/${manifest.version}.tgz`,
        integrity: (await tarball()).integrity,
      },
    }));
    const newest = versions.map(({ manifest }) => manifest.version).sort(byVersion);
    return {
      name: versions[0]?.manifest.name,
      'dist-tags': { latest: newest.at(-1) },
      versions: Object.fromEntries((await Promise.all(described)).map((one) => [one.version, one])),
    };
  }
}

const compress = promisify(gzip);
const byVersion = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });

/** Packages in pnpm's folder: real folders only, no links. */
async function installedIn(store: string): Promise<Published[]> {
  const children = async (folder: string) =>
    (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const folders = (await children(store)).map(({ name }) => join(store, name, 'node_modules'));
  const found = folders.map(async (folder) => {
    const named = (await children(folder).catch(() => [])).map(async ({ name }) =>
      name.startsWith('@')
        ? (await children(join(folder, name))).map((scoped) => join(folder, name, scoped.name))
        : [join(folder, name)],
    );
    return (await Promise.all(named)).flat();
  });
  const packages = (await Promise.all(found))
    .flat()
    .filter((folder) => !folder.endsWith('/node_modules/.bin'));
  const versions = new Map<string, Published>();
  for (const folder of packages) {
    const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    versions.set(`${manifest.name}@${manifest.version}`, {
      manifest,
      tarball: packedOnce(() => pack(folder)),
    });
  }
  return [...versions.values()];
}

function packedOnce(make: () => Promise<Buffer>): () => Promise<Tarball> {
  let made: Promise<Tarball> | undefined;
  const tarball = async () => {
    const bytes = await make();
    return { bytes, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
  };
  return () => {
    made ??= tarball();
    return made;
  };
}

async function pack(folder: string): Promise<Buffer> {
  // pnpm hard-links equal files to one; package managers accept no links in a tarball.
  const options = [
    '--create',
    '--hard-dereference',
    '--exclude=./node_modules',
    '--transform=s,^[.],package,',
  ];
  const tar = spawn('tar', [...options, '-C', folder, '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return compress(await buffer(tar.stdout), { level: 1 });
}
