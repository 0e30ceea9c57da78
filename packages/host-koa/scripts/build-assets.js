// Builds the assets for browsers: one style sheet, one script, one script for other sites, one sprite of icons, and the
// favicon. File names contain a hash of the content, so that files can be cached for ever. `manifest.json` maps plain
// names to them.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as sass from 'sass';
import { readCatalogue } from '../src/i18n/catalogue-files.ts';
import { languagesIn } from './compiled-catalogues.js';

const root = dirname(import.meta.dirname);
const sources = join(root, 'assets');

/**
 * The builder of each asset, by its plain name.
 * @type {Record<string, () => Promise<string>>}
 */
const builders = {
  'app.css': styles,
  'app.js': () => script('app.ts', 'esm'),
  'embed.js': () => script('embed.ts', 'iife'),
  'icons.svg': sprite,
  'favicon.svg': () => readFile(join(sources, 'favicon.svg'), 'utf8'),
};

/** Plain names of all assets. */
export const assetNames = Object.keys(builders);

/**
 * Builds assets, and keeps those in `output` that are not built. Removes files that the new manifest does not name.
 * @param {object} [options]
 * @param {string} [options.output] Default: `dist/assets`.
 * @param {readonly string[]} [options.names] plain names. Default: all.
 * @param {boolean} [options.small] compresses as well as possible, which is slow. Default: true.
 * @returns {Promise<Record<string, string>>} the manifest: plain name → name with hash
 */
export async function buildAssets({
  output = join(root, 'dist', 'assets'),
  names = assetNames,
  small = true,
} = {}) {
  await mkdir(output, { recursive: true });
  const stale = new Set(await readdir(output));
  const manifest = names === assetNames ? {} : await readManifest(output);

  for (const name of names) {
    const builder = builders[name];
    if (builder === undefined) throw new Error(`There is no asset "${name}".`);
    const content = Buffer.from(await builder());
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const hashed = name.replace(extname(name), `.${hash}${extname(name)}`);
    manifest[name] = hashed;
    await writeFile(join(output, hashed), content);
    await writeFile(join(output, `${hashed}.br`), brotli(content, small));
    await writeFile(join(output, `${hashed}.gz`), gzip(content, small));
  }
  // Write the manifest after the new files and before removing old ones, so that it never names a missing file.
  const manifestFile = join(output, 'manifest.json');
  await writeFile(`${manifestFile}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${manifestFile}.new`, manifestFile);
  const kept = Object.values(manifest).flatMap((file) => [file, `${file}.br`, `${file}.gz`]);
  for (const file of ['manifest.json', ...kept]) stale.delete(file);
  for (const file of stale) await rm(join(output, file), { recursive: true, force: true });
  return manifest;
}

/** @param {string} output @returns {Promise<Record<string, string>>} empty before the first build */
async function readManifest(output) {
  const file = join(output, 'manifest.json');
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

async function styles() {
  return sass.compile(join(sources, 'styles', 'app.scss'), {
    style: 'compressed',
    importers: [new sass.NodePackageImporter(root)],
    // Bootstrap 5 uses deprecated Sass features; its next major version does not.
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  }).css;
}

/**
 * @param {string} file
 * @param {'esm' | 'iife'} format
 */
async function script(file, format) {
  const { outputFiles } = await build({
    entryPoints: [join(sources, 'browser', file)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    charset: 'utf8',
    define: { EMBED_FAILURES: JSON.stringify(embedFailures()) },
    tsconfigRaw: {},
    // Bundle core from its sources: the browser counts characters with core's code.
    conditions: ['@microblog/source'],
  });
  return outputFiles[0]?.text ?? '';
}

/** The embed's texts for a failed request: the message and the button to try again, by language. */
function embedFailures() {
  const locales = join(root, 'locales');
  const texts = languagesIn(locales).map((language) => {
    const { pages } = readCatalogue(join(locales, language));
    /** @param {string} key @returns {any} */
    const t = (key) => key.split('.').reduce((/** @type {any} */ node, part) => node[part], pages);
    return [language, [t('embed.failed'), t('embed.retry')]];
  });
  return Object.fromEntries(texts);
}

/** The icons that templates use, by name from bootstrap-icons, and the mark of this application. */
async function sprite() {
  /** @type {string[]} */
  const names = JSON.parse(await readFile(join(sources, 'icons.json'), 'utf8'));
  const icons = join(root, 'node_modules', 'bootstrap-icons', 'icons');
  const symbols = [symbol('mark', await readFile(join(sources, 'mark.svg'), 'utf8'))];
  for (const name of names) symbols.push(symbol(name, await readFile(join(icons, `${name}.svg`), 'utf8')));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

/**
 * @param {string} id
 * @param {string} svg
 */
function symbol(id, svg) {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1];
  const drawing = /<svg[^>]*>(.*)<\/svg>/s.exec(svg)?.[1];
  if (viewBox === undefined || drawing === undefined)
    throw new Error(`The icon ${id} has an unexpected structure.`);
  // A title would show as a tooltip; the text beside the icon names it.
  const shapes = drawing
    .replace(/<title>.*<\/title>/, '')
    .replaceAll(/>\s+</g, '><')
    .trim();
  return `<symbol id="${id}" viewBox="${viewBox}" fill="currentColor">${shapes}</symbol>`;
}

/** @param {Buffer} content @param {boolean} small */
function gzip(content, small) {
  return gzipSync(content, { level: small ? 9 : 1 });
}

/** @param {Buffer} content @param {boolean} small */
function brotli(content, small) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: small ? constants.BROTLI_MAX_QUALITY : 1,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const manifest = await buildAssets();
  console.log(Object.values(manifest).join('\n'));
}
