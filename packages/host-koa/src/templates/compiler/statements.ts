import { assign } from './assignments.ts';
import type { Compilation } from './compilation.ts';
import { loop } from './loops.ts';
import { defineMacro } from './macros.ts';
import { type IfNode, type Node, nodesOf } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import { writeChoice } from './output.ts';
import type { Scope } from './scope.ts';
import { block, importNames, include } from './templates.ts';
import { truthOf } from './values.ts';

/** Writes statements in their order. */
export function statements(c: Compilation, nodes: readonly Node[], scope: Scope): void {
  for (const node of nodes) statement(c, node, scope);
}

function statement(c: Compilation, node: Node, scope: Scope): void {
  switch (node.typename) {
    case 'Root':
    case 'NodeList':
      statements(c, nodesOf(node), scope);
      return;
    case 'Output':
      for (const child of node.children) c.output(child, scope);
      return;
    case 'If':
      choice(c, node, scope);
      return;
    case 'For':
      loop(c, node, scope);
      return;
    case 'Set':
      assign(c, node, scope);
      return;
    case 'Macro':
      defineMacro(c, node, scope);
      return;
    case 'Import':
    case 'FromImport':
      importNames(c, node, scope);
      return;
    case 'Block':
      block(c, node, scope);
      return;
    case 'Include':
      include(c, node, scope);
      return;
    default:
      throw new NotCompilable(`it uses ${node.typename}`);
  }
}

/** `{% if %}`: only one branch is written if the condition is known. */
function choice(c: Compilation, { cond, body, else_ }: IfNode, scope: Scope): void {
  const condition = c.expression(cond, scope);
  const truth = truthOf(condition);
  const [yes, no] = [
    () => statement(c, body, scope),
    () => (else_ === null ? undefined : statement(c, else_, scope)),
  ];
  if (truth === true) yes();
  else if (truth === false) no();
  else c.branch([body, ...(else_ === null ? [] : [else_])], scope, () => writeChoice(c, condition, yes, no));
}
