import { relative } from 'node:path';
import views from 'koa-views';
import type { HostMiddleware } from '../../http/context.ts';
import type { Templates } from '../../templates/templates.ts';

/**
 * `ctx.render` by koa-views and Nunjucks, for templates that are not compiled to functions. The engine keeps compiled
 * templates: that of koa-views would read and compile them for every request.
 */
export function viewEngine(templates: Templates): HostMiddleware {
  const { directory } = templates;
  const njk = (path: string, state: object) => templates.byNunjucks(relative(directory, path), state);
  return views(directory, { extension: 'njk', engineSource: { njk } }) as HostMiddleware;
}
