// Builds what browsers load: one style sheet, one script, one script for other sites, one sprite of icons, the favicon. Files carry a hash
// of their content in the name, so that they can be cached for ever; `manifest.json` maps plain names to them.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as sass from 'sass';
import { languagesIn } from './compiled-catalogues.js';

const root = dirname(import.meta.dirname);
const sources = join(root, 'assets');
const output = join(root, 'dist', 'assets');

/**
 * Writes `dist/assets` anew.
 * @returns {Promise<Record<string, string>>} the manifest: plain name → name with hash
 */
export async function buildAssets() {
  const assets = {
    'app.css': styles(),
    'app.js': await script('app.ts', 'esm'),
    'embed.js': await script('embed.ts', 'iife'),
    'icons.svg': await sprite(),
    'favicon.svg': await readFile(join(sources, 'favicon.svg'), 'utf8'),
  };
  await mkdir(output, { recursive: true });
  const stale = new Set(await readdir(output));

  /** @type {Record<string, string>} */
  const manifest = {};
  for (const [name, text] of Object.entries(assets)) {
    const content = Buffer.from(text);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const hashed = name.replace(extname(name), `.${hash}${extname(name)}`);
    manifest[name] = hashed;
    const files = { [hashed]: content, [`${hashed}.br`]: brotli(content), [`${hashed}.gz`]: gzip(content) };
    for (const [file, bytes] of Object.entries(files)) {
      await writeFile(join(output, file), bytes);
      stale.delete(file);
    }
  }
  // The manifest last, so that it never names what is not there yet; what nobody names any more goes after it.
  await writeFile(join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  stale.delete('manifest.json');
  for (const file of stale) await rm(join(output, file), { recursive: true });
  return manifest;
}

function styles() {
  return sass.compile(join(sources, 'styles', 'app.scss'), {
    style: 'compressed',
    importers: [new sass.NodePackageImporter(root)],
    // Bootstrap 5 is written in Sass of before modules; its next major version is not.
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
    define: { EMBED_FAILURES: JSON.stringify(await embedFailures()) },
    tsconfigRaw: {},
    // What the browser counts is counted by core.
    conditions: ['@microblog/source'],
  });
  return outputFiles[0]?.text ?? '';
}

/** What an embed says where it can't be fetched, and on the button that tries again, by language. */
async function embedFailures() {
  const locales = join(root, 'locales');
  const texts = languagesIn(locales).map(async (language) => {
    const pages = JSON.parse(await readFile(join(locales, language, 'pages.json'), 'utf8'));
    /** @param {string} key @returns {string} */
    const t = (key) => key.split('.').reduce((node, part) => node[part], pages);
    return [language, [t('embed.failed'), t('embed.retry')]];
  });
  return Object.fromEntries(await Promise.all(texts));
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
  if (viewBox === undefined || drawing === undefined) throw new Error(`The icon ${id} is not as expected.`);
  // A title would show as a tooltip; what an icon means is said beside it.
  const shapes = drawing
    .replace(/<title>.*<\/title>/, '')
    .replaceAll(/>\s+</g, '><')
    .trim();
  return `<symbol id="${id}" viewBox="${viewBox}" fill="currentColor">${shapes}</symbol>`;
}

/** @param {Buffer} content */
function gzip(content) {
  return gzipSync(content, { level: 9 });
}

/** @param {Buffer} content */
function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const manifest = await buildAssets();
  console.log(Object.values(manifest).join('\n'));
}
