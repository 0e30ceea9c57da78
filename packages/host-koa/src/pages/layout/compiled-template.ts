import nunjucks from 'nunjucks';

/** Functions that render a template and its blocks. They keep no state: all they need are arguments. */
export type CompiledTemplate = Readonly<Record<string, unknown>>;

interface Template {
  readonly path: string;
  readonly source: string;
  readonly options: nunjucks.ConfigureOptions;
}

/**
 * What was compiled before, by path and options: compiling all templates takes longer than rendering a page. It
 * is used again only for an equal source, so applications of one process share it and none can see another's.
 */
const compiled = new Map<string, { readonly source: string; readonly template: CompiledTemplate }>();

/**
 * The compiled form of a template, as an environment with these options compiles it.
 * @throws {Error} for a template that can't be compiled.
 */
export function compiledTemplate({ path, source, options }: Template): CompiledTemplate {
  const key = JSON.stringify([path, options]);
  const known = compiled.get(key);
  if (known?.source === source) return known.template;
  const script = nunjucks.precompileString(source, {
    name: path,
    env: new nunjucks.Environment([], options),
    // A list of one, against its type.
    wrapper: (templates) => (templates as unknown as [typeof templates])[0].template,
  });
  // As nunjucks runs what it compiles. The source is a file of this package.
  const template: CompiledTemplate = new Function(script)();
  compiled.set(key, { source, template });
  return template;
}
