import nunjucks from 'nunjucks';
import type { UsedKey } from './used-key.ts';

/** A node of the tree into which Nunjucks parses a template. `typename` names its class. */
interface TemplateNode {
  readonly typename: string;
  readonly lineno: number;
  readonly fields: readonly string[];
  readonly [field: string]: unknown;
}

const { parser } = nunjucks as unknown as { parser: { parse(source: string): TemplateNode } };

/** Every `t('…')` of a Nunjucks template. */
export function keysInTemplate(source: string, file: string): UsedKey[] {
  const found: UsedKey[] = [];
  walk(parser.parse(source), (node) => {
    if (node.typename !== 'FunCall' || (node.name as TemplateNode).value !== 't') return;
    const [key, params] = (node.args as { children: TemplateNode[] }).children;
    for (const pattern of key === undefined ? [null] : patternsOf(key)) {
      found.push({ file, line: node.lineno + 1, pattern, params: namesIn(params) });
    }
  });
  return found;
}

/** The possible texts of an expression, with `*` for parts known only at run time. Null if all of it is. */
function patternsOf(node: TemplateNode): (string | null)[] {
  if (node.typename === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node.typename === 'Group') return (node.children as TemplateNode[]).flatMap(patternsOf);
  if (node.typename === 'InlineIf') {
    return [node.body, node.else_].flatMap((branch) => patternsOf(branch as TemplateNode));
  }
  if (node.typename !== 'Concat') return [null];
  const [left, right] = [node.left, node.right].map((side) => patternsOf(side as TemplateNode));
  return (left ?? []).flatMap((before) => (right ?? []).map((after) => `${before ?? '*'}${after ?? '*'}`));
}

function namesIn(params: TemplateNode | undefined): readonly string[] | null {
  if (params === undefined) return [];
  if (params.typename !== 'Dict') return null;
  return (params.children as { key: TemplateNode }[]).map(({ key }) => String(key.value));
}

function walk(node: TemplateNode, visit: (node: TemplateNode) => void): void {
  visit(node);
  for (const field of node.fields) {
    for (const child of [node[field]].flat()) if (isNode(child)) walk(child, visit);
  }
}

function isNode(value: unknown): value is TemplateNode {
  return typeof value === 'object' && value !== null && 'typename' in value;
}
