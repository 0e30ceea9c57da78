import { type ESTree, parseSync, Visitor } from 'vite';
import type { UsedKey } from './used-key.ts';

/** Every `t('…')` and `….translate('…')` of a module in TypeScript or JavaScript. */
export function keysInModule(source: string, file: string): UsedKey[] {
  const found: UsedKey[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  new Visitor({
    CallExpression({ callee, arguments: given, start }) {
      const [key, params] = given;
      if (!translates(callee) || key === undefined) return;
      const line = source.slice(0, start).split('\n').length;
      for (const pattern of patternsOf(key)) found.push({ file, line, pattern, params: namesIn(params) });
    },
  }).visit(program);
  return found;
}

/**
 * True for functions that return texts. `translations.translate` chooses a language; `translation.translate` of core
 * translates posts.
 */
function translates(callee: ESTree.Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 't' || callee.name === 'translate';
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object, property } = callee;
  const of = object.type === 'MemberExpression' ? object.property : object;
  const isOther = of.type === 'Identifier' && /^translations?$/.test(of.name);
  return property.name === 'translate' && !isOther;
}

/** The possible texts of an expression, with `*` for parts known only at run time. Null if all of it is. */
function patternsOf(node: ESTree.Node): (string | null)[] {
  switch (node.type) {
    case 'Literal':
      return [typeof node.value === 'string' ? node.value : null];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(patternsOf);
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return patternsOf(node.expression);
    case 'TemplateLiteral':
      return node.quasis.reduce<(string | null)[]>(
        (texts, { value }, index) => {
          const expression = node.expressions[index - 1];
          const parts = expression === undefined ? [''] : patternsOf(expression).map((part) => part ?? '*');
          return texts.flatMap((text) => parts.map((part) => `${text ?? ''}${part}${value.cooked ?? ''}`));
        },
        [''],
      );
    default:
      return [null];
  }
}

function namesIn(params: ESTree.Node | undefined): readonly string[] | null {
  if (params === undefined) return [];
  if (params.type !== 'ObjectExpression') return null;
  const names = params.properties.map((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : null,
  );
  return names.every((name) => name !== null) ? names : null;
}
