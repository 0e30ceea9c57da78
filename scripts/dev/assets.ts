import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
  const unbuilt = new Set<string>();
  const build = async () => {
    // As the sources are before the build: a file that is saved meanwhile is built next.
    const sources = sourceHash(inputs);
    // Loaded late: Sass and esbuild take long, and often nothing is built.
    const { buildAssets } = await loadBuild();
    const built: string[] = [];
    for (const name of unbuilt) {
      try {
        await buildAssets({ output: directory, names: [name], small: false });
        unbuilt.delete(name);
        built.push(name);
      } catch (error) {
        // esbuild prints its errors itself.
        if (!(error instanceof Error && 'errors' in error)) console.error(`dev: ${describe(error)}`);
      }
    }
    if (built.length > 0) console.log(`dev: ${built.join(', ')} built`);
    if (unbuilt.size === 0) writeFileSync(stamp, sources);
  };
  let turn = Promise.resolve();
  return {
    directory,
    async buildIfStale() {
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(inputs)) return;
      for (const name of (await loadBuild()).assetNames) unbuilt.add(name);
      await build();
    },
    rebuild(files) {
      const paths = [...files].map((file) => relative(root, file));
      for (const [source, names] of rules) {
        if (paths.some((path) => source.test(path))) for (const name of names) unbuilt.add(name);
      }
      // One after the other: two builds would remove each other's files.
      if (unbuilt.size > 0) turn = turn.then(build);
      return turn;
    },
  };
}

function loadBuild() {
  return import('../../packages/host-koa/scripts/build-assets.js');
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
