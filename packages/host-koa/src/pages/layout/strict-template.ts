import nunjucks from 'nunjucks';
import type { CompiledTemplate } from './compiled-template.ts';

/** Variables of a part of a template, such as a loop or a macro. */
interface Frame {
  readonly variables: object;
  readonly parent?: Frame;
}

interface Context {
  /** What the template was given, and what it has set. */
  readonly ctx: object;
  readonly env: { readonly globals: object };
}

/** What compiled templates call to find values. Nunjucks has no types for it. */
interface Runtime {
  contextOrFrameLookup(context: Context, frame: Frame, name: string): unknown;
  memberLookup(object: unknown, key: unknown): unknown;
}

const runtime = (nunjucks as unknown as { readonly runtime: Runtime }).runtime;

function strictRuntime(template: string): Runtime {
  return {
    ...runtime,
    contextOrFrameLookup(context, frame, name) {
      const value = runtime.contextOrFrameLookup(context, frame, name);
      if (value !== undefined || isVariable(context, frame, name)) return value;
      throw new Error(`${template} names a variable that there is not: "${name}".`);
    },
    memberLookup(object, key) {
      // A value that may be missing is null in our models: what is read of it is undefined, as in lenient templates.
      if (object === null || object === undefined || isMember(object, key)) {
        return runtime.memberLookup(object, key);
      }
      throw new Error(`${template} names a property that there is not: "${String(key)}".`);
    },
  };
}

/** A macro has a `caller` only if `call` calls it. */
const CALLER = 'caller';

function isVariable({ ctx, env }: Context, frame: Frame, name: string): boolean {
  for (let inner: Frame | undefined = frame; inner !== undefined; inner = inner.parent) {
    if (Object.hasOwn(inner.variables, name)) return true;
  }
  return name === CALLER || name in ctx || name in env.globals;
}

function isMember(object: unknown, key: unknown): boolean {
  // A place in a list may be empty.
  return typeof key === 'number' || String(key) in Object(object);
}

/**
 * The same template, but naming a variable or a property that it was not given throws, wherever it stands: in
 * `{{ }}`, in a condition, in a macro. Nunjucks itself, if it is set to be strict, throws only for what is printed.
 * The error has the name of the template.
 */
export function strictTemplate(name: string, template: CompiledTemplate): CompiledTemplate {
  const strict = strictRuntime(name);
  const parts = Object.entries(template).map(([part, render]) => [
    part,
    typeof render === 'function' ? withRuntime(render as Render, strict) : render,
  ]);
  return Object.fromEntries(parts);
}

type Render = (
  environment: unknown,
  context: Context,
  frame: Frame,
  runtime: Runtime,
  callback: unknown,
) => unknown;

function withRuntime(render: Render, strict: Runtime): Render {
  return (environment, context, frame, _runtime, callback) =>
    render(environment, context, frame, strict, callback);
}
