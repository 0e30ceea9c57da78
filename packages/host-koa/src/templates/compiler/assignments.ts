import type { Compilation } from './compilation.ts';
import type { Frame } from './frames.ts';
import { boundValue, inContext } from './lookups.ts';
import { stable } from './macros.ts';
import type { Node, SetNode } from './nodes.ts';
import { nodesOf } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import { type Assigned, type Binding, code, isDefined, textOf, UNDEFINED, type Value } from './values.ts';

/** `{% set %}`. Outside of branches, the name simply means another value from here on. */
export function assign(c: Compilation, node: SetNode, scope: Scope): void {
  const source = node.value ?? node.body;
  if (source === undefined) throw new NotCompilable('it sets nothing');
  const value = kept(c, c.expression(source, scope));
  for (const { value: name } of node.targets) {
    const owner = writtenBy(name, scope.frame);
    const current = owner.own(name);
    const names = scope.names.ownerOf(name);
    if (current?.kind === 'assigned') {
      c.writer.line(`${current.name} = ${textOf(value)};`);
    } else {
      if (owner !== scope.frame || (names !== null && names !== scope.names)) {
        throw new NotCompilable(`{% set ${name} %} changes a variable of an outer part`);
      }
      owner.bind(name, value);
      names?.bind(name, value);
    }
    if (scope.frame.options.topLevel) assignInContext(c, name, value, scope);
  }
}

/**
 * The frame that `set` writes to: the nearest that has the variable, or this one.
 * @throws {NotCompilable} if that depends on whether a variable is undefined when the page is rendered.
 */
function writtenBy(name: string, frame: Frame<Binding>): Frame<Binding> {
  const holders = frame.holders(name);
  const [nearest = frame] = holders;
  const found = nearest.own(name);
  const isCertain = found === undefined || (found.kind !== 'assigned' && isDefined(found));
  if (isCertain || (nearest === frame && holders.length === 1)) return nearest;
  throw new NotCompilable(`{% set ${name} %} in a loop changes a variable that may be undefined`);
}

function assignInContext(c: Compilation, name: string, value: Value, { context }: Scope): void {
  const current = context.find(name);
  if (current?.kind === 'assigned') c.writer.line(`${current.name} = ${textOf(value)};`);
  else if (c.depth > context.depth) throw new NotCompilable(`it sets ${name} in a branch`);
  else context.set(name, value);
  if (!name.startsWith('_')) context.exported.add(name);
}

/** A new list or dictionary may be changed by its methods, so it is one value for all who read the variable. */
function kept(c: Compilation, value: Value): Value {
  return stable(c, value.kind === 'constant' && value.fresh ? code(value.text) : value);
}

/**
 * Compiles what runs only sometimes, or more than once. The names that it sets become variables of the generated
 * code, declared before it.
 */
export function branch<Result>(
  c: Compilation,
  nodes: readonly Node[],
  scope: Scope,
  compile: () => Result,
): Result {
  for (const { name, inLoop } of assignedIn(nodes)) {
    // In an inner loop, a new variable belongs to that loop.
    if (!inLoop || scope.frame.all(name).length > 0) declare(c, name, scope, inLoop);
  }
  c.depth++;
  const result = compile();
  c.depth--;
  return result;
}

interface AssignedName {
  readonly name: string;
  /** Whether a loop is around it, inside of the nodes. */
  readonly inLoop: boolean;
}

function assignedIn(nodes: readonly Node[], inLoop = false): AssignedName[] {
  return nodes.flatMap((node): AssignedName[] => {
    switch (node.typename) {
      case 'Set':
        return [
          ...node.targets.map(({ value }) => ({ name: value, inLoop })),
          ...(node.body === undefined ? [] : assignedIn([node.body.body], inLoop)),
        ];
      case 'If':
        return assignedIn([node.body, ...(node.else_ === null ? [] : [node.else_])], inLoop);
      case 'For':
        return assignedIn([node.body, ...(node.else_ === null ? [] : [node.else_])], true);
      case 'NodeList':
        return assignedIn(nodesOf(node), inLoop);
      default:
        return [];
    }
  });
}

function declare(c: Compilation, name: string, scope: Scope, inLoop: boolean): void {
  const owner = writtenBy(name, scope.frame);
  const current = owner.own(name);
  const names = scope.names.ownerOf(name);
  if (current === undefined && names !== null)
    throw new NotCompilable(`{% set ${name} %} replaces a macro in a branch`);
  if (current?.kind !== 'assigned') {
    const variable = declared(c, current === undefined ? UNDEFINED : boundValue(current));
    owner.bind(name, variable);
    names?.bind(name, variable);
  }
  const { context, frame } = scope;
  if (inLoop || !frame.options.topLevel || context.find(name)?.kind === 'assigned') return;
  context.set(name, declared(c, inContext(c, name, scope)));
}

function declared(c: Compilation, value: Value): Assigned {
  const name = c.writer.name('v');
  c.writer.line(`let ${name} = ${textOf(value)};`);
  return { kind: 'assigned', name };
}
