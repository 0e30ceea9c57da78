/**
 * Writes `docs/api` from the docstrings: a page for every importable module. With `--check`, it writes nothing, and
 * fails if a page is out of date or a public export has no docstring.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { Application, ReflectionKind } from 'typedoc';
import { root } from '../source-hash.js';

const pages = join(root, 'docs/api');

/** Source folders of all modules in `packages`, and the specifier that users write after `from`. */
function modules() {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
    return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
      const source = target['@microblog/source'];
      return source ? [{ specifier: manifest.name + subpath.slice(1), file: join(folder, source) }] : [];
    });
  });
}

/** @param {import('typedoc').DeclarationReflection} exported */
function isDocumented(exported) {
  if (exported.kindOf(ReflectionKind.Reference) || exported.hasComment()) return true;
  const { type } = exported;
  const signatures = type?.type === 'reflection' ? type.declaration.signatures : exported.signatures;
  return signatures?.some((signature) => signature.hasComment()) ?? false;
}

/** Returns whether nothing was wrong with the docstrings. @param {string} out */
async function generate(out) {
  const offered = modules();
  const app = await Application.bootstrapWithPlugins(
    /** @type {any} the plugin's options have types of their own */ ({
      plugin: ['typedoc-plugin-markdown'],
      name: 'API reference',
      tsconfig: join(root, 'tsconfig.json'),
      entryPoints: offered.map(({ file }) => join(root, 'packages', file)),
      readme: 'none',
      githubPages: false,
      disableSources: true,
      // Members inherited from Koa's class are documented by Koa.
      excludeExternals: true,
      // `pnpm check types` finds those errors faster.
      skipErrorChecking: true,
      validation: { notExported: false, invalidLink: true, notDocumented: false },
      logLevel: 'Warn',
      outputFileStrategy: 'modules',
      entryFileName: 'README',
      outputs: [{ name: 'markdown', path: out }],
      hidePageHeader: true,
      hideBreadcrumbs: true,
    }),
  );
  const project = await app.convert();
  if (project === undefined) return false;
  for (const module of project.children ?? []) {
    const found = offered.find(({ file }) => file.replace(/(\/index)?\.ts$/, '') === module.name);
    if (found !== undefined) module.name = found.specifier;
  }
  app.validate(project);
  for (const module of project.children ?? []) {
    for (const { name } of (module.children ?? []).filter((one) => !isDocumented(one)))
      app.logger.warn(`${name}, which ${module.name} exports, has no docstring.`);
  }
  await app.generateOutputs(project);
  fixAnchors(out);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

/**
 * typedoc numbers some links, but GitHub does not number those headings.
 * @param {string} folder
 */
function fixAnchors(folder) {
  const texts = textsIn(folder);
  const anchors = new Map([...texts].map(([file, text]) => [file, anchorsIn(text)]));
  for (const [file, text] of texts) {
    const fixed = text.replace(/\]\(([^)#\s]*)#([^)\s]+)-\d+\)/g, (link, target, anchor) => {
      const page = anchors.get(target === '' ? file : join(file, '..', target));
      const isThere = page?.has(link.slice(link.indexOf('#') + 1, -1));
      return isThere || !page?.has(anchor) ? link : `](${target}#${anchor})`;
    });
    writeFileSync(join(folder, file), fixed);
  }
}

/** Anchors that GitHub makes of the headings. @param {string} text */
function anchorsIn(text) {
  const slugger = new GithubSlugger();
  return new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slugger.slug(heading)));
}

/** @param {string} folder @returns {Map<string, string>} */
function textsIn(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

if (process.argv.includes('--check')) {
  const work = mkdtempSync(join(root, 'node_modules/.microblog-api-'));
  try {
    if (!(await generate(work))) process.exitCode = 1;
    const [now, then] = [textsIn(work), textsIn(pages)];
    const stale = [...new Set([...now.keys(), ...then.keys()])].filter(
      (file) => now.get(file) !== then.get(file),
    );
    for (const file of stale) console.log(`docs/api/${file} is out of date: pnpm docs:api writes it again.`);
    if (stale.length > 0) process.exitCode = 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
} else {
  rmSync(pages, { recursive: true, force: true });
  if (!(await generate(pages))) process.exitCode = 1;
}
