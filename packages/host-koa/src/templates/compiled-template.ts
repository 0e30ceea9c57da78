import nunjucks from 'nunjucks';

/** Functions that render a template and its blocks. They keep no state: everything they need is an argument. */
export type CompiledTemplate = Readonly<Record<string, unknown>>;

interface Template {
  readonly path: string;
  readonly source: string;
  readonly options: nunjucks.ConfigureOptions;
}

/**
 * Compiled templates by path and options, because compiling all takes longer than rendering a page. An entry is used
 * only for an equal source, so applications of one process can share it, and none gets the template of another.
 */
const compiled = new Map<string, { readonly source: string; readonly template: CompiledTemplate }>();

/**
 * Returns the template, compiled as an environment with these options compiles it.
 * @throws {Error} for a template that can't be compiled.
 */
export function compiledTemplate({ path, source, options }: Template): CompiledTemplate {
  const key = JSON.stringify([path, options]);
  const known = compiled.get(key);
  if (known?.source === source) return known.template;
  const script = nunjucks.precompileString(source, {
    name: path,
    env: new nunjucks.Environment([], options),
    // At run time it is a list of one; its type says otherwise.
    wrapper: (templates) => (templates as unknown as [typeof templates])[0].template,
  });
  // Nunjucks runs its compiled templates the same way. The source is a file of this package or of the host's `views`.
  const template: CompiledTemplate = new Function(script)();
  compiled.set(key, { source, template });
  return template;
}
