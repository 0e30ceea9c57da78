import type { Compilation } from './compilation.ts';
import { constant } from './lookups.ts';
import type { CallNode, ListNode, LookupNode, Node } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import { type Constant, code, isPrimitive, primaryOf, quoted, textOf, type Value } from './values.ts';

/** The value of a call of a function or macro. */
export function call(c: Compilation, node: CallNode, scope: Scope): Value {
  if (isSuper(node)) return code(`new Safe(${superOf(scope)})`, 'safe');
  const macro = c.macroOf(node.name, scope);
  if (macro !== null) {
    const result = c.captured(() => c.call(macro, node.args, scope));
    return code(`new Safe(${result.kind === 'text' ? quoted(result.text) : result.text})`, 'safe');
  }
  return node.name.typename === 'LookupVal'
    ? methodCall(c, node.name, node.args, scope)
    : functionCall(c, node, scope);
}

export function isSuper(node: Node): boolean {
  return node.typename === 'FunCall' && node.name.typename === 'Symbol' && node.name.value === 'super';
}

/** JavaScript for the text of the block that this one replaces. */
export function superOf({ block }: Scope): string {
  if (block?.superText == null)
    throw new NotCompilable('it calls super() outside of a block that replaces another');
  return block.superText;
}

function functionCall(c: Compilation, node: CallNode, scope: Scope): Value {
  const callee = c.expression(node.name, scope);
  const args = valuesOf(c, node.args, scope);
  if (callee.kind === 'constant' && typeof callee.value === 'function') {
    const callable: unknown = callee.value;
    const result = args.every(isConstant)
      ? computed(() =>
          Reflect.apply(
            callable as () => unknown,
            undefined,
            args.map((arg) => arg.value),
          ),
        )
      : null;
    if (result !== null && isPrimitive(result.value)) return constant(c, result.value);
    return code(`${callee.text}(${args.map(textOf).join(', ')})`);
  }
  return code(
    `callFunction(${textOf(callee)}, [${args.map(textOf).join(', ')}], ${quoted(nameOf(node.name))})`,
  );
}

function methodCall(c: Compilation, { target, val }: LookupNode, args: ListNode, scope: Scope): Value {
  const object = c.expression(target, scope);
  const key = c.expression(val, scope);
  const values = valuesOf(c, args, scope);
  if (isConstant(object)) {
    const folded = isConstant(key) && values.every(isConstant) ? textMethod(object, key, values) : null;
    if (folded !== null) return folded;
    // It could change the value, which the next page would see.
    if (!isPrimitive(object.value)) throw new NotCompilable('it calls a method of a constant');
  }
  const list = `[${values.map(textOf).join(', ')}]`;
  const name = quoted(nameOf({ typename: 'LookupVal', target, val }));
  const template = c.strict ? `, ${quoted(scope.template)}` : '';
  return code(`callMethod(${primaryOf(object)}, ${textOf(key)}, ${list}, ${name}${template})`);
}

/** The result of a method of a text, such as `split`: they depend on their arguments only. Null for another call. */
function textMethod(object: Constant, key: Constant, args: readonly Constant[]): Constant | null {
  const method: unknown =
    typeof key.value === 'string' ? Reflect.get(String.prototype, key.value) : undefined;
  if (typeof object.value !== 'string' || typeof method !== 'function') return null;
  if (!args.every((arg) => isPrimitive(arg.value))) return null;
  const result = computed(() =>
    Reflect.apply(
      method,
      object.value,
      args.map((arg) => arg.value),
    ),
  );
  if (result === null) return null;
  const { value } = result;
  if (typeof value === 'string' || typeof value === 'boolean')
    return { kind: 'constant', value, text: typeof value === 'string' ? quoted(value) : String(value) };
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'string')) return null;
  return { kind: 'constant', value, text: `[${value.map(quoted).join(', ')}]`, fresh: true };
}

/** Null if it throws: then it throws when the page is rendered. */
function computed(compute: () => unknown): { readonly value: unknown } | null {
  try {
    return { value: compute() };
  } catch {
    return null;
  }
}

function isConstant(value: Value): value is Constant {
  return value.kind === 'constant';
}

export function valuesOf(c: Compilation, args: ListNode, scope: Scope): Value[] {
  return args.children.map((arg) => c.expression(arg, scope));
}

/** The result of a filter. */
export function filter(c: Compilation, node: CallNode, scope: Scope): Value {
  const name = filterName(node);
  if (!Object.hasOwn(c.library.filters, name))
    throw new NotCompilable(`it uses the unknown filter "${name}"`);
  const args = valuesOf(c, node.args, scope).map(textOf);
  const type = name === 'safe' ? 'safe' : 'any';
  return code(`F[${quoted(name)}].call(${['X', ...args].join(', ')})`, type);
}

export function filterName(node: CallNode): string {
  return node.name.typename === 'Symbol' ? node.name.value : '';
}

/** The name of a function in error messages. */
function nameOf(node: Node): string {
  switch (node.typename) {
    case 'Symbol':
      return node.value;
    case 'FunCall':
      return `the return value of (${nameOf(node.name)})`;
    case 'LookupVal':
      return `${nameOf(node.target)}["${nameOf(node.val)}"]`;
    case 'Literal':
      return String(node.value);
    default:
      return '--expression--';
  }
}
