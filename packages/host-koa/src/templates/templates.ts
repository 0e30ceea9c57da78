import type { Logger } from '@microblog/core';
import nunjucks from 'nunjucks';
import type { Library } from './compiler/compilation.ts';
import { compilePage, type RenderPage } from './compiler/compile-page.ts';
import type { ListNode } from './compiler/nodes.ts';
import { parsedTemplate } from './parsed-template.ts';
import { checkOwnTemplates, templateLoaders, templateSources } from './template-loader.ts';

const options: nunjucks.ConfigureOptions = {
  autoescape: true,
  throwOnUndefined: false,
  trimBlocks: true,
  lstripBlocks: true,
};

/** Values that are the same in each rendering of a page, by their names in the model. */
export type Constants = Readonly<object>;

/** The templates of one application. */
export interface Templates {
  /** The directory of our own templates. */
  readonly directory: string;
  /**
   * The function that renders a template. Its model need not contain the constants. Null if the template uses something
   * that is not compiled, and in development: then `byNunjucks` renders it. Functions are kept by the object
   * `constants`.
   */
  compiled(name: string, constants?: Constants): RenderPage | null;
  /** Renders any template. @throws {Error} with the place in the template. */
  byNunjucks(name: string, model: object): Promise<string>;
}

interface TemplatesOptions {
  readonly directory: string;
  /** A host's directory, whose templates replace ours. */
  readonly own: string | undefined;
  /** Whether each page reads its templates again. */
  readonly development: boolean;
  /** Whether a page fails if its template names a missing variable or property. */
  readonly strict: boolean;
  readonly logger: Logger;
}

const NONE: Constants = {};

// Why: docs/decisions/0081-strict-templates.md, docs/decisions/0095-compiled-templates.md
/**
 * Templates that escape by default.
 * @throws {Error} if own templates can't be read or compiled.
 */
export function templates({ directory, own, development, strict, logger }: TemplatesOptions): Templates {
  const loaders = templateLoaders(directory, own, { options, strict });
  const environment = new nunjucks.Environment(loaders, options) as nunjucks.Environment & Library;
  if (own !== undefined) checkOwnTemplates(environment, directory, own);
  const sources = templateSources(directory, own);
  const parsed = new Map<string, ListNode | null>();
  /** Templates whose reason is in the log: each language has the same. */
  const reported = new Set<string>();
  const functions = new WeakMap<Constants, Map<string, RenderPage | null>>();

  function parsedByName(name: string): ListNode | null {
    const known = parsed.get(name);
    if (known !== undefined) return known;
    const found = sources(name);
    const root = found === null ? null : parsedTemplate({ ...found, options });
    parsed.set(name, root);
    return root;
  }

  function compile(name: string, constants: Constants): RenderPage | null {
    const compiled = compilePage(name, {
      parsed: parsedByName,
      environment,
      constants: { ...constants },
      strict,
    });
    if (compiled.render === null) {
      const { reason } = compiled;
      if (!reported.has(name)) {
        logger.info({ template: name, reason }, 'template is not compiled, so its pages are slower');
      }
      reported.add(name);
      return null;
    }
    const { render } = compiled;
    return (model) => {
      try {
        return render(model);
      } catch (error) {
        // Nunjucks fails too, and its error names the place in the template.
        const html = environment.render(name, { ...constants, ...model });
        if (strict) throw error;
        logger.error({ err: error, template: name }, 'compiled template failed');
        return html;
      }
    };
  }

  return {
    directory,
    compiled(name, constants = NONE) {
      if (development) return null;
      const known = functions.get(constants) ?? new Map<string, RenderPage | null>();
      functions.set(constants, known);
      const kept = known.get(name);
      if (kept !== undefined) return kept;
      const render = compile(name, constants);
      known.set(name, render);
      return render;
    },
    byNunjucks(name, model) {
      if (development) forgetTemplates(environment);
      return new Promise((resolve, reject) => {
        environment.render(name, model, (error, html) => {
          if (error !== null || html === null) reject(error ?? new Error(`${name} rendered no page.`));
          else resolve(html);
        });
      });
    },
  };
}

function forgetTemplates(environment: nunjucks.Environment): void {
  // Nunjucks documents this method; its types omit it.
  (environment as nunjucks.Environment & { invalidateCache(): void }).invalidateCache();
}
