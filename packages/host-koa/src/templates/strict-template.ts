import nunjucks from 'nunjucks';
import type { CompiledTemplate } from './compiled-template.ts';

/** Variables of a part of a template, such as a loop or a macro. */
interface Frame {
  readonly variables: object;
  readonly parent?: Frame;
}

interface Context {
  /** The model of the template, and variables that it has set. */
  readonly ctx: object;
  readonly env: { readonly globals: object };
}

/** The functions that compiled templates call to find values. Nunjucks has no types for it. */
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
      throw new Error(`${template} names a variable that does not exist: "${name}".`);
    },
    memberLookup(object, key) {
      // Optional values are null in our models. Reading a property of null gives undefined, as in lenient templates.
      if (object === null || object === undefined || isMember(object, key)) {
        return runtime.memberLookup(object, key);
      }
      throw new Error(`${template} names a property that does not exist: "${String(key)}".`);
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
  // An index past the end of a list is allowed.
  return typeof key === 'number' || String(key) in Object(object);
}

/**
 * Returns a template that throws if it names a missing variable or property, anywhere: in `{{ }}`, in a condition, in
 * a macro. The strict mode of Nunjucks itself throws only for printed values. The error has the name of the template.
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
