import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root, sourceHash } from '../source-hash.js';

/** What assets are made of: their own folder, texts of embeds, rules that browsers share with core. */
const inputs = [
  'packages/host-koa/assets',
  'packages/host-koa/locales',
  'packages/host-koa/scripts',
  'packages/core/src',
];

/** Assets by the files that they are made of. */
const rules: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^packages\/host-koa\/assets\/styles\//, ['app.css']],
  [/^packages\/(host-koa\/assets\/browser|host-koa\/locales|core\/src)\//, ['app.js', 'embed.js']],
  [/^packages\/host-koa\/assets\/[^/]+\.(svg|json)$/, ['icons.svg', 'favicon.svg']],
];

export interface DevAssets {
  readonly directory: string;
  /** Builds everything if the sources differ from those of the last build. */
  buildIfStale(): Promise<void>;
  /** Builds again what is made of these files. */
  rebuild(files: ReadonlySet<string>): Promise<void>;
}

/** Assets of the development server, apart from those of the build. A fault in a source is printed. */
export function devAssets(directory: string): DevAssets {
  const stamp = `${directory}.sources`;
  const build = async (names?: readonly string[]) => {
    // The sources as they are before the build: what is saved meanwhile is built next.
    const sources = sourceHash(inputs);
    // Not before it is needed: Sass and esbuild take long to load.
    const { buildAssets } = await import('../../packages/host-koa/scripts/build-assets.js');
    try {
      await buildAssets({ output: directory, small: false, ...(names === undefined ? {} : { names }) });
      mkdirSync(directory, { recursive: true });
      writeFileSync(stamp, sources);
    } catch (error) {
      // esbuild has printed its own.
      if (!(error instanceof Error && 'errors' in error)) console.error(`dev: ${describe(error)}`);
    }
  };
  let turn = Promise.resolve();
  return {
    directory,
    async buildIfStale() {
      const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(inputs);
      if (!isFresh) await build();
    },
    rebuild(files) {
      const paths = [...files].map((file) => relative(root, file));
      const names = rules.flatMap(([made, assets]) => (paths.some((path) => made.test(path)) ? assets : []));
      // One after the other: two builds would remove each other's files.
      if (names.length > 0) turn = turn.then(() => build(names));
      return turn;
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
