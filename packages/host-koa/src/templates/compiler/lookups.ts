import type { Compilation } from './compilation.ts';
import type { LookupNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import {
  type Binding,
  type Code,
  type Constant,
  code,
  firstDefined,
  isDefined,
  isPrimitive,
  primaryOf,
  primitive,
  quoted,
  textOf,
  UNDEFINED,
  type Value,
} from './values.ts';

/** The value of a name. Nunjucks looks it up among the names of the function, in the frames, and in the model. */
export function variable(c: Compilation, name: string, scope: Scope): Value {
  const known = scope.names.find(name);
  if (known !== undefined) return boundValue(known);
  const inFrames = scope.frame.all(name).map(boundValue);
  if (inFrames.some(isDefined)) return firstDefined(inFrames);
  // A macro has a `caller` only if `call` calls it.
  const checked = c.strict && inFrames.length === 0 && name !== 'caller';
  return firstDefined([...inFrames, inContext(c, name, scope, checked)]);
}

/** The value of a name in the model, with what the template has set and imported. */
export function inContext(c: Compilation, name: string, scope: Scope, checked = false): Value {
  const { context, template } = scope;
  const found = context.find(name);
  if (found !== undefined) return boundValue(found);
  const isGlobal = name in c.library.globals;
  if (context.isEmpty) {
    if (name in Object.prototype) throw new NotCompilable(`it uses the name ${name} without a model`);
    if (isGlobal) return code(`G[${quoted(name)}]`);
    return checked ? code(`missingVariable(${quoted(name)}, ${quoted(template)})`) : UNDEFINED;
  }
  if (Object.hasOwn(c.constants, name)) return constant(c, c.constants[name]);
  const member = `m${access(quoted(name), name)}`;
  if (isGlobal) return code(`(${quoted(name)} in m ? ${member} : G[${quoted(name)}])`);
  return code(checked ? `variable(m, ${quoted(name)}, ${quoted(template)})` : member);
}

export function boundValue(binding: Binding): Value {
  return binding.kind === 'assigned' ? code(binding.name) : binding;
}

/** A value that is known at compile time, as the generated code names it. */
export function constant(c: Compilation, value: unknown): Constant {
  return isPrimitive(value) ? primitive(value) : { kind: 'constant', value, text: c.reference(value) };
}

/** The value of `target.val`: undefined if the target is null or undefined. */
export function member(c: Compilation, node: LookupNode, scope: Scope): Value {
  const target = c.expression(node.target, scope);
  const key = c.expression(node.val, scope);
  if (target.kind === 'module' || target.kind === 'loop') return namedMember(c, target, key, scope);
  if (target.kind === 'constant' && key.kind === 'constant') {
    const found = constantMember(c, target, key);
    if (found !== null) return found;
  }
  return memberCode(c, primaryOf(target), key, scope);
}

function namedMember(
  c: Compilation,
  target: Extract<Value, { kind: 'module' | 'loop' }>,
  key: Value,
  scope: Scope,
): Value {
  const members = target.kind === 'loop' ? target.properties : target.exports;
  const name = key.kind === 'constant' ? String(key.value) : null;
  const found = name === null ? undefined : members.get(name);
  if (found !== undefined) return found;
  if (name === null || name in Object.prototype)
    throw new NotCompilable(`it reads an unknown member of ${target.kind}`);
  return c.strict ? code(`missingMember(${quoted(name)}, ${quoted(scope.template)})`) : UNDEFINED;
}

/** Null if the member must be looked up when the page is rendered. */
function constantMember(c: Compilation, target: Constant, key: Constant): Value | null {
  const object: unknown = target.value;
  if (object === null || object === undefined) return UNDEFINED;
  if (!isPrimitive(key.value)) return null;
  const name = String(key.value);
  if (!(name in Object(object))) return c.strict && typeof key.value !== 'number' ? null : UNDEFINED;
  const value: unknown = Reflect.get(Object(object), name);
  if (typeof value === 'function') return null;
  return { ...constant(c, value), ...(target.fresh && !isPrimitive(value) ? { fresh: true } : {}) };
}

function memberCode(c: Compilation, target: string, key: Value, scope: Scope): Code {
  const name = textOf(key);
  if (c.strict) return code(`member(${target}, ${name}, ${quoted(scope.template)})`);
  const bare = `${target}?${access(name, key.kind === 'constant' ? key.value : null, '.')}`;
  return { ...code(`w(${bare})`), bare };
}

/** JavaScript that reads a property: `.name` or `[key]`. */
function access(key: string, name: unknown, optional = ''): string {
  return typeof name === 'string' && /^[a-z_$][\w$]*$/i.test(name) ? `.${name}` : `${optional}[${key}]`;
}
