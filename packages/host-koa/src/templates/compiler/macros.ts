import { isSuper } from './calls.ts';
import type { Compilation } from './compilation.ts';
import { Frame, Names } from './frames.ts';
import { variable } from './lookups.ts';
import type { ListNode, MacroNode, Node, PairNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import { type Binding, code, type Macro, UNDEFINED, type Value } from './values.ts';

/** The macro that a call calls. Null for a function of the model. */
export function macroOf(c: Compilation, node: Node, scope: Scope): Macro | null {
  if (node.typename === 'Symbol') {
    const found = variable(c, node.value, scope);
    return found.kind === 'macro' ? found : null;
  }
  if (node.typename !== 'LookupVal' || node.target.typename !== 'Symbol') return null;
  const target = variable(c, node.target.value, scope);
  if (target.kind !== 'module' || node.val.typename !== 'Literal') return null;
  const found = target.exports.get(String(node.val.value));
  return found?.kind === 'macro' ? found : null;
}

/** Makes a macro known from here on, and to those who import the template. */
export function defineMacro(c: Compilation, node: MacroNode, scope: Scope): void {
  const name = node.name.value;
  if (scope.names.parent !== null || c.depth > scope.context.depth) {
    throw new NotCompilable(`it defines the macro ${name} in a branch or loop`);
  }
  const macro: Macro = {
    kind: 'macro',
    node,
    template: scope.template,
    context: scope.context,
    scope: scope.function,
    around: null,
  };
  scope.names.bind(name, macro);
  scope.context.set(name, macro);
  if (!name.startsWith('_')) scope.context.exported.add(name);
}

/** Writes the body of a macro in place of its call, with its arguments as constants or variables. */
export function callMacro(c: Compilation, macro: Macro, args: ListNode, scope: Scope): void {
  const { given, named } = argumentsOf(c, args, scope);
  const caller = named.get('caller');
  if (caller !== undefined && macro.scope === scope.function) {
    throw new NotCompilable('it calls a macro of the same template with {% call %}');
  }
  const { parameters, defaults } = parametersOf(macro.node);
  const frame = macro.around?.frame.push({ isolated: true }) ?? new Frame<Binding>();
  const names = new Names<Binding>(macro.around?.names ?? null);
  if (caller !== undefined) frame.bind('caller', caller);

  for (const [place, value] of given.slice(parameters.length).entries()) {
    const [name] = defaults[place] ?? [];
    if (name !== undefined) named.set(name, value);
  }
  const isShort = given.length < parameters.length;
  for (const [place, name] of parameters.entries()) {
    const value = given[place] ?? (isShort ? named.get(name) : undefined) ?? UNDEFINED;
    if (place >= given.length) named.delete(name);
    frame.bind(name, value);
    names.bind(name, value);
  }
  const inside: Scope = {
    template: macro.template,
    frame,
    names,
    context: macro.context,
    function: macro.scope,
    inLoop: false,
    blocks: null,
    block: macro.around === null ? null : macro.around.block,
    extending: false,
  };
  for (const [name, node] of defaults) {
    frame.bind(name, named.get(name) ?? stable(c, c.expression(node, inside)));
  }
  c.statements([macro.node.body], inside);
}

interface Arguments {
  readonly given: readonly Value[];
  readonly named: Map<string, Value>;
}

function argumentsOf(c: Compilation, { children }: ListNode, scope: Scope): Arguments {
  const given: Value[] = [];
  const named = new Map<string, Value>();
  for (const node of children) {
    if (node.typename !== 'KeywordArgs') given.push(stable(c, c.expression(node, scope)));
    else for (const [name, value] of pairsOf(node)) named.set(name, argument(c, value, scope));
  }
  return { given, named };
}

function argument(c: Compilation, node: Node, scope: Scope): Value {
  if (node.typename !== 'Caller') return stable(c, c.expression(node, scope));
  const { template, context, frame, names, block } = scope;
  return { kind: 'macro', node, template, context, scope: scope.function, around: { frame, names, block } };
}

function parametersOf({ args }: MacroNode) {
  const parameters: string[] = [];
  const defaults: (readonly [string, Node])[] = [];
  for (const node of args.children) {
    if (node.typename === 'Symbol') parameters.push(node.value);
    else defaults.push(...pairsOf(node));
  }
  if (parameters.some((name) => name in Object.prototype))
    throw new NotCompilable('it has an argument with an unusual name');
  return { parameters, defaults };
}

function pairsOf(node: Node): (readonly [string, Node])[] {
  const pairs = (node as ListNode).children as readonly PairNode[];
  return pairs.map(({ key, value }) => {
    if (key.typename !== 'Symbol') throw new NotCompilable('it has an argument without a name');
    return [key.value, value] as const;
  });
}

/** Keeps a value in a variable, so that it is computed once and stays what it is. */
export function stable(c: Compilation, value: Value): Value {
  if (value.kind !== 'code' || /^a\d+$/.test(value.text)) return value;
  const name = c.writer.name('a');
  c.writer.line(`const ${name} = ${value.text};`);
  return code(name, value.type);
}

/** Whether a node, or one in it, is of that kind. */
export function contains(node: Node, is: (node: Node) => boolean): boolean {
  return is(node) || Object.values(node).some((part) => anyNode(part, is));
}

function anyNode(part: unknown, is: (node: Node) => boolean): boolean {
  if (Array.isArray(part)) return part.some((one) => anyNode(one, is));
  return typeof part === 'object' && part !== null && 'typename' in part && contains(part as Node, is);
}

/** Whether a node calls `super()`. */
export function callsSuper(node: Node): boolean {
  return contains(node, isSuper);
}
