import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import nunjucks from 'nunjucks';
import { compiledTemplate } from './compiled-template.ts';
import { strictTemplate } from './strict-template.ts';

/** Under this name a template is ours, also where a host's own took its place. */
const OURS = 'microblog/';

interface LoaderOptions {
  /** Those of the environment that the loaders are for. */
  readonly options: nunjucks.ConfigureOptions;
  /** Whether naming a variable or property that a template was not given throws. */
  readonly strict: boolean;
}

/** Templates of a host's directory, then ours; `microblog/…` names ours alone. */
export function templateLoaders(
  ours: string,
  own: string | undefined,
  options: LoaderOptions,
): nunjucks.ILoader[] {
  const loaders = [new CompiledTemplates(ours, { ...options, prefix: OURS })];
  if (own !== undefined) loaders.unshift(new CompiledTemplates(own, options));
  return loaders as nunjucks.ILoader[];
}

/** Each file is compiled once for all applications of the process. */
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
    // The form that nunjucks takes from its own loader of precompiled templates; its type knows text alone.
    return { ...found, src: { type: 'code', obj } as unknown as string };
  }
}

/**
 * Compiles every template of a host's directory and looks up what they name, so that a mistake shows at start
 * and not to a reader, and no template waits in vain to be shown.
 * @throws {Error} for a directory that can't be read, a file that is no template, and the first template that
 * can't be compiled, names one that there is not, or that nothing shows.
 */
export function checkOwnTemplates(environment: nunjucks.Environment, ours: string, own: string): void {
  const names = templatesIn(own);
  const named = new Set<string>();
  for (const name of names) {
    compile(environment, name, `${name} is no template`);
    for (const other of namedIn(readFileSync(join(own, name), 'utf8'))) {
      named.add(other);
      compile(environment, other, `${name} names "${other}"`);
    }
  }
  for (const name of names) {
    if (named.has(name) || existsSync(join(ours, name))) continue;
    throw new Error(`views: ${name} is no template of ours to replace, and none of yours names it.`);
  }
}

function compile(environment: nunjucks.Environment, name: string, what: string): void {
  try {
    environment.getTemplate(name, true);
  } catch (error) {
    throw new Error(`views: ${what}: ${messageOf(error)}`, { cause: error });
  }
}

/** Templates that one extends, includes or imports under a name that stands there. */
function namedIn(source: string): string[] {
  const tags = source.matchAll(/\{%-?\s*(?:extends|include|import|from)\s+(["'])(.*?)\1([^%]*)/g);
  return [...tags].flatMap(([, , name = '', rest = '']) => (/ignore\s+missing/.test(rest) ? [] : name));
}

function templatesIn(directory: string): string[] {
  const files = filesIn(directory).filter((path) => !/(^|\/)\./.test(path));
  const other = files.find((path) => !path.endsWith('.njk'));
  if (other !== undefined) throw new Error(`views: ${other} is no template; their names end in .njk.`);
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

/** Nunjucks puts the place on a line of its own. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
