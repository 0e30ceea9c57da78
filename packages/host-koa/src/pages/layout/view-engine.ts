import { relative } from 'node:path';
import views from 'koa-views';
import nunjucks from 'nunjucks';
import type { HostMiddleware } from '../../http/context.ts';
import { checkOwnTemplates, templateLoaders } from './template-loader.ts';

const options: nunjucks.ConfigureOptions = {
  autoescape: true,
  throwOnUndefined: false,
  trimBlocks: true,
  lstripBlocks: true,
};

interface ViewEngineOptions {
  /** Whether each page reads its templates again. Default: false. */
  readonly development?: boolean;
  /** Whether a page fails if its template names a missing variable or property. Default: `development`. */
  readonly strict?: boolean;
}

// Why: docs/decisions/0081-strict-templates.md
/**
 * `ctx.render` by koa-views, with a nunjucks environment that caches compiled templates: koa-views' own engine would
 * read and compile them for every request. Templates escape by default. Those in `ownViews` replace ours.
 * @throws {Error} if own templates can't be read or compiled.
 */
export function viewEngine(
  directory: string,
  ownViews: string | undefined,
  { development = false, strict = development }: ViewEngineOptions = {},
): HostMiddleware {
  const environment = new nunjucks.Environment(
    templateLoaders(directory, ownViews, { options, strict }),
    options,
  );
  if (ownViews !== undefined) checkOwnTemplates(environment, directory, ownViews);
  const render = (path: string, state: object) =>
    new Promise<string>((resolve, reject) => {
      if (development) forgetTemplates(environment);
      environment.render(relative(directory, path), state, (error, html) => {
        if (error !== null || html === null) reject(error ?? new Error(`${path} rendered no page.`));
        else resolve(html);
      });
    });
  return views(directory, { extension: 'njk', engineSource: { njk: render } }) as HostMiddleware;
}

function forgetTemplates(environment: nunjucks.Environment): void {
  // Nunjucks documents this method; its types omit it.
  (environment as nunjucks.Environment & { invalidateCache(): void }).invalidateCache();
}
