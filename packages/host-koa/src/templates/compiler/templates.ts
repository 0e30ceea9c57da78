import type { Compilation } from './compilation.ts';
import { Context, Frame, Names } from './frames.ts';
import { boundValue } from './lookups.ts';
import { callsSuper, contains } from './macros.ts';
import type { BlockNode, FromImportNode, ImportNode, ListNode, Node, TemplateNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import { captured, discarded } from './output.ts';
import type { Blocks, Scope } from './scope.ts';
import { type Binding, type Module, quoted, type Value } from './values.ts';

/** Writes a template: the blocks of its own in the places that the template it extends has for them. */
export function template(
  c: Compilation,
  first: string,
  { frame, context }: Pick<Scope, 'frame' | 'context'>,
): void {
  const blocks: Blocks = new Map();
  for (let name: string | null = first; name !== null; ) {
    const root = requireTemplate(c, name);
    addBlocks(blocks, name, root);
    const parent = parentOf(root);
    const scope: Scope = {
      template: name,
      frame,
      names: new Names(),
      context,
      function: { name },
      inLoop: false,
      blocks,
      block: null,
      extending: parent !== null,
    };
    const nodes = root.children.filter(({ typename }) => typename !== 'Extends');
    if (parent === null) c.statements(nodes, scope);
    else discarded(c, () => c.statements(nodes, scope));
    name = parent;
  }
}

function requireTemplate(c: Compilation, name: string): ListNode {
  if (/^\.\.?\//.test(name)) throw new NotCompilable(`it names the template "${name}" by a relative path`);
  const root = c.parsed(name);
  if (root === null) throw new NotCompilable(`the template "${name}" does not exist`);
  return root;
}

function addBlocks(blocks: Blocks, template: string, root: ListNode): void {
  const own = new Set<string>();
  contains(root, (node) => {
    if (node.typename !== 'Block') return false;
    const name = node.name.value;
    if (own.has(name)) throw new NotCompilable(`it has the block ${name} twice`);
    own.add(name);
    blocks.set(name, [...(blocks.get(name) ?? []), { template, node }]);
    return false;
  });
}

function parentOf(root: ListNode): string | null {
  const [parent, ...more] = root.children.flatMap((node) => (node.typename === 'Extends' ? [node] : []));
  if (parent === undefined) return null;
  if (more.length > 0) throw new NotCompilable('it extends two templates');
  return literalName(parent.template, 'extends');
}

function literalName(node: Node, what: string): string {
  if (node.typename === 'Literal' && typeof node.value === 'string') return node.value;
  throw new NotCompilable(`it ${what} a template whose name is computed`);
}

/** Writes a block, as the template that was named defines it. */
export function block(c: Compilation, { name }: BlockNode, scope: Scope): void {
  if (scope.extending) return;
  if (scope.blocks === null) throw new NotCompilable('it has a block in a macro');
  definedBlock(c, name.value, 0, { ...scope, blocks: scope.blocks });
}

function definedBlock(
  c: Compilation,
  name: string,
  place: number,
  scope: Scope & { readonly blocks: Blocks },
): void {
  const definition = scope.blocks.get(name)?.[place];
  if (definition === undefined)
    throw new NotCompilable(`the block ${name} has nothing that super() could show`);
  const { template, node } = definition;
  const inside: Scope = {
    ...scope,
    template,
    frame: scope.frame.push({ isolated: true }),
    names: new Names(),
    function: { name },
    inLoop: false,
  };
  let superText: string | null = null;
  if (callsSuper(node.body)) {
    if (contains(node.body, (inner) => inner.typename === 'Block' && callsSuper(inner))) {
      throw new NotCompilable('it calls super() in a block that is in another');
    }
    // Before the block, whose variables it does not see.
    const result = captured(c, () => definedBlock(c, name, place + 1, scope));
    superText = c.writer.name('a');
    c.writer.line(`const ${superText} = ${result.kind === 'text' ? quoted(result.text) : result.text};`);
  }
  c.statements([node.body], { ...inside, block: { superText } });
}

/** Writes an included template: it sees everything, and what it sets stays in it. */
export function include(c: Compilation, node: TemplateNode, scope: Scope): void {
  const name = literalName(node.template, 'includes');
  if (node.ignoreMissing && c.parsed(name) === null) return;
  const frame = scope.frame.push({ isolated: true, topLevel: true });
  c.template(name, { frame, context: scope.context.copy(c.depth) });
}

/** The macros and variables that a template exports. */
export function moduleOf(c: Compilation, name: string, scope: Scope, withContext: boolean): Module {
  const context = withContext ? scope.context.copy(c.depth) : new Context<Binding>(true, c.depth);
  const frame = withContext
    ? scope.frame.push({ topLevel: true })
    : new Frame<Binding>(null, { topLevel: true });
  discarded(c, () => c.template(name, { frame, context }));
  const exports = new Map<string, Value>();
  for (const exported of context.exported) {
    const binding = context.find(exported);
    if (binding !== undefined) exports.set(exported, boundValue(binding));
  }
  return { kind: 'module', exports };
}

/** `{% import %}` and `{% from %}`: makes names known from here on. */
export function importNames(c: Compilation, node: ImportNode | FromImportNode, scope: Scope): void {
  if (scope.names.parent !== null || c.depth > scope.context.depth) {
    throw new NotCompilable('it imports in a branch or loop');
  }
  const name = literalName(node.template, 'imports');
  const imported = c.module(name, scope, node.withContext === true);
  const bind = (alias: string, value: Value) => {
    scope.names.bind(alias, value);
    scope.context.set(alias, value);
  };
  if (node.typename === 'Import') {
    bind(node.target.value, imported);
    return;
  }
  for (const [own, alias] of node.names.children.map(importedName)) {
    const value = imported.exports.get(own);
    if (value === undefined) throw new NotCompilable(`"${name}" has no "${own}" to import`);
    bind(alias, value);
  }
}

function importedName(node: Node): readonly [string, string] {
  if (node.typename === 'Symbol') return [node.value, node.value];
  if (node.typename === 'Pair' && node.key.typename === 'Symbol' && node.value.typename === 'Symbol') {
    return [node.key.value, node.value.value];
  }
  throw new NotCompilable('it imports something without a name');
}
