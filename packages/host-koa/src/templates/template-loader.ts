import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import nunjucks from 'nunjucks';
import { compiledTemplate } from './compiled-template.ts';
import { strictTemplate } from './strict-template.ts';

/** Names with this prefix are our own templates, even if a host replaces them. */
const OURS = 'microblog/';

interface LoaderOptions {
  /** The options of the environment that uses the loaders. */
  readonly options: nunjucks.ConfigureOptions;
  /** True if a template that names a missing variable or property throws. */
  readonly strict: boolean;
}

/** Templates of a host's directory, then ours; `microblog/…` names only ours. */
export function templateLoaders(
  ours: string,
  own: string | undefined,
  options: LoaderOptions,
): nunjucks.ILoader[] {
  const loaders = [new CompiledTemplates(ours, { ...options, prefix: OURS })];
  if (own !== undefined) loaders.unshift(new CompiledTemplates(own, options));
  return loaders as nunjucks.ILoader[];
}

/** The text of a template by its name, and its file. Null if there is no such template. */
export type TemplateSources = (name: string) => { readonly path: string; readonly source: string } | null;

/** The same templates, as they are written. */
export function templateSources(ours: string, own: string | undefined): TemplateSources {
  const loaders = [ours, ...(own === undefined ? [] : [own])].map(
    (directory) => new nunjucks.FileSystemLoader(directory),
  );
  return (name) => {
    const isOurs = name.startsWith(OURS);
    for (const loader of isOurs ? loaders.slice(0, 1) : loaders.toReversed()) {
      const found: nunjucks.LoaderSource | null = loader.getSource(isOurs ? name.slice(OURS.length) : name);
      if (found !== null) return { path: found.path, source: found.src };
    }
    return null;
  };
}

/** Compiles each file once for all applications of the process. */
class CompiledTemplates extends nunjucks.FileSystemLoader {
  readonly #options: LoaderOptions & { readonly prefix?: string };

  constructor(directory: string, options: LoaderOptions & { readonly prefix?: string }) {
    super(directory);
    this.#options = options;
  }

  override getSource(name: string): nunjucks.LoaderSource {
    const { options, strict, prefix } = this.#options;
    const found: nunjucks.LoaderSource | null = super.getSource(
      prefix !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name,
    );
    // Null if there is no such template; the type of the method omits it.
    if (found === null) return null as unknown as nunjucks.LoaderSource;
    const { path, src: source } = found;
    const compiled = compiledTemplate({ path, source, options });
    const obj = strict ? strictTemplate(name, compiled) : compiled;
    // The form of nunjucks' own loader of precompiled templates; the type allows only text.
    return { ...found, src: { type: 'code', obj } as unknown as string };
  }
}

/**
 * Compiles every template of a host's directory and checks the templates that they name. So mistakes are reported at
 * start, not to a reader, and every template is used.
 * @throws {Error} if the directory can't be read or a file is not a template. Also for the first template that can't
 * be compiled, names a missing template, or is never shown.
 */
export function checkOwnTemplates(environment: nunjucks.Environment, ours: string, own: string): void {
  const names = templatesIn(own);
  const named = new Set<string>();
  for (const name of names) {
    compile(environment, name, `${name} is not a valid template`);
    for (const other of namedIn(readFileSync(join(own, name), 'utf8'))) {
      named.add(other);
      compile(environment, other, `${name} names "${other}"`);
    }
  }
  for (const name of names) {
    if (named.has(name) || existsSync(join(ours, name))) continue;
    throw new Error(`views: ${name} replaces none of our templates, and none of yours names it.`);
  }
}

function compile(environment: nunjucks.Environment, name: string, what: string): void {
  try {
    environment.getTemplate(name, true);
  } catch (error) {
    throw new Error(`views: ${what}: ${messageOf(error)}`, { cause: error });
  }
}

/** The templates that a source extends, includes or imports by a literal name. */
function namedIn(source: string): string[] {
  const tags = source.matchAll(/\{%-?\s*(?:extends|include|import|from)\s+(["'])(.*?)\1([^%]*)/g);
  return [...tags].flatMap(([, , name = '', rest = '']) => (/ignore\s+missing/.test(rest) ? [] : name));
}

function templatesIn(directory: string): string[] {
  const files = filesIn(directory).filter((path) => !/(^|\/)\./.test(path));
  const other = files.find((path) => !path.endsWith('.njk'));
  if (other !== undefined) throw new Error(`views: ${other} is not a template; their names end in .njk.`);
  return files;
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).replaceAll('\\', '/'))
      .sort();
  } catch (error) {
    throw new Error(`views: ${directory} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Nunjucks puts the position on a line of its own. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
