import type { Constants, Templates } from '../templates/templates.ts';
import type { HostContext } from './context.ts';

// Why: docs/decisions/0095-compiled-templates.md
/**
 * Sets the body to a rendered template. A compiled template is a function, called here; all others are rendered by
 * koa-views and Nunjucks with the same data.
 */
export async function render(
  templates: Templates,
  ctx: HostContext,
  name: string,
  model: object,
  constants?: Constants,
): Promise<void> {
  const compiled = templates.compiled(name, constants);
  if (compiled === null) return ctx.render(name, { ...constants, ...model });
  ctx.type = 'text/html';
  // As koa-views: templates also see the state of the request.
  ctx.body = compiled({ ...ctx.state, ...model });
}
