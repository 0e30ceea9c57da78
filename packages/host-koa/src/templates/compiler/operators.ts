import type { Compilation } from './compilation.ts';
import type { BinaryNode, CompareNode, Node, UnaryNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import {
  bareOf,
  code,
  isPrimitive,
  primaryOf,
  primitive,
  quoted,
  textOf,
  truthOf,
  type Value,
} from './values.ts';

/**
 * Nunjucks writes the operators of a template into JavaScript without parentheses: `not a == b` becomes `!a == b`. So
 * the priorities of JavaScript decide, and the text here must be the same. Only expressions that both read alike are
 * computed at compile time.
 */
type OperatorNode = UnaryNode | BinaryNode | CompareNode;

const infix: Readonly<Record<string, string>> = {
  Or: '||',
  And: '&&',
  Concat: '+ "" +',
  Add: '+',
  Sub: '-',
  Mul: '*',
  Div: '/',
  Mod: '%',
};

const operators = new Set([...Object.keys(infix), 'Not', 'Neg', 'Pos', 'Is', 'Compare']);

function isOperator(node: Node): node is OperatorNode {
  return operators.has(node.typename);
}

export function operation(c: Compilation, node: OperatorNode, scope: Scope): Value {
  switch (node.typename) {
    case 'Or':
    case 'And':
      return choice(c, node, scope);
    case 'Not':
      return negation(c, node, scope);
    case 'Compare':
      return comparison(c, node, scope);
    case 'Concat':
      return concatenation(c, node, scope);
    case 'In':
    case 'Is':
      return code(plain(c, node, scope), 'boolean', node.typename === 'In');
    case 'FloorDiv':
    case 'Pow':
      return code(plain(c, node, scope), 'number');
    case 'Add':
      return code(plain(c, node, scope), 'any', false);
    default:
      return code(plain(c, node, scope), 'number', false);
  }
}

function choice(c: Compilation, node: BinaryNode, scope: Scope): Value {
  const left = c.expression(node.left, scope);
  const truth = truthOf(left);
  if (truth !== null) return truth === (node.typename === 'Or') ? left : c.expression(node.right, scope);
  const right = c.expression(node.right, scope);
  const sign = infix[node.typename];
  const type = left.kind === 'code' && right.kind === 'code' && left.type === right.type ? left.type : 'any';
  return {
    ...code(`${textOf(left)} ${sign} ${textOf(right)}`, type, false),
    bare: `${bareOf(left)} ${sign} ${bareOf(right)}`,
  };
}

function negation(c: Compilation, node: UnaryNode, scope: Scope): Value {
  let target: Node = node;
  let signs = '';
  while (target.typename === 'Not') {
    target = target.target;
    signs += '!';
  }
  if (isOperator(target)) {
    // `not a ~ b` becomes `!a + "" + b`, which is a text.
    const isTruth = target.typename === 'Compare' || target.typename === 'Is';
    return code(signs + plain(c, target, scope), isTruth ? 'boolean' : 'any', false);
  }
  const value = c.expression(target, scope);
  const truth = truthOf(value);
  if (truth !== null) return primitive(truth === (signs.length % 2 === 0));
  return code(signs + bareOf(value), 'boolean', false);
}

function comparison(c: Compilation, node: CompareNode, scope: Scope): Value {
  const [only] = node.ops;
  if (only === undefined || node.ops.length > 1 || isOperator(node.expr) || isOperator(only.expr)) {
    return code(plain(c, node, scope), 'boolean', false);
  }
  const [left, right] = [c.expression(node.expr, scope), c.expression(only.expr, scope)];
  if (
    left.kind === 'constant' &&
    right.kind === 'constant' &&
    isPrimitive(left.value) &&
    isPrimitive(right.value)
  ) {
    return primitive(Boolean(new Function(`return ${left.text} ${only.type} ${right.text}`)()));
  }
  return code(`${primaryOf(left)} ${only.type} ${primaryOf(right)}`, 'boolean', false);
}

/** `a ~ b ~ c`. Neighbours that are known become one text. */
function concatenation(c: Compilation, node: BinaryNode, scope: Scope): Value {
  const operands: Node[] = [];
  let rest: Node = node;
  while (rest.typename === 'Concat') {
    operands.unshift(rest.right);
    rest = rest.left;
  }
  operands.unshift(rest);
  if (operands.some(isOperator)) return code(plain(c, node, scope), 'any', false);
  const parts: { readonly text: string; readonly literal: string | null; readonly isText: boolean }[] = [];
  for (const operand of operands) {
    const value = c.expression(operand, scope);
    const isLiteral = value.kind === 'constant' && isPrimitive(value.value);
    const last = parts.at(-1);
    if (isLiteral && last !== undefined && last.literal !== null) {
      const literal = last.literal + String(value.value);
      parts[parts.length - 1] = { literal, text: quoted(literal), isText: true };
    } else if (isLiteral) {
      const literal = String(value.value);
      parts.push({ literal, text: quoted(literal), isText: true });
    } else {
      parts.push({
        literal: null,
        text: primaryOf(value),
        isText: value.kind === 'code' && value.type === 'text',
      });
    }
  }
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && first.literal !== null) return primitive(first.literal);
  const texts = parts.map(({ text }) => text);
  return code((first?.isText || parts[1]?.isText ? texts : ['""', ...texts]).join(' + '), 'text', false);
}

/** The JavaScript that nunjucks would write, without parentheses around operators. */
function plain(c: Compilation, node: Node, scope: Scope): string {
  switch (node.typename) {
    case 'Not':
      return `!${plain(c, node.target, scope)}`;
    case 'Neg':
    case 'Pos': {
      const sign = node.typename === 'Neg' ? '-' : '+';
      const target = plain(c, node.target, scope);
      if (target.startsWith(sign)) throw new NotCompilable('it has two signs in a row');
      return sign + target;
    }
    case 'FloorDiv':
      return `Math.floor(${plain(c, node.left, scope)} / ${plain(c, node.right, scope)})`;
    case 'Pow':
      return `Math.pow(${plain(c, node.left, scope)}, ${plain(c, node.right, scope)})`;
    case 'In':
      return `within(${plain(c, node.left, scope)}, ${plain(c, node.right, scope)})`;
    case 'Is':
      return test(c, node, scope);
    case 'Compare':
      return [
        plain(c, node.expr, scope),
        ...node.ops.flatMap(({ type, expr }) => [type, plain(c, expr, scope)]),
      ].join(' ');
    default: {
      if (!isOperator(node)) return primaryOf(c.expression(node, scope));
      const { left, right } = node as BinaryNode;
      return `${plain(c, left, scope)} ${infix[node.typename]} ${plain(c, right, scope)}`;
    }
  }
}

function test(c: Compilation, { left, right }: BinaryNode, scope: Scope): string {
  const named = right.typename === 'FunCall' ? right.name : right;
  const name = 'value' in named ? String(named.value) : '';
  if (!Object.hasOwn(c.library.tests, name)) throw new NotCompilable(`it uses the unknown test "${name}"`);
  const args =
    right.typename === 'FunCall' ? right.args.children.map((arg) => textOf(c.expression(arg, scope))) : [];
  return `T[${quoted(name)}].call(${['X', plain(c, left, scope), ...args].join(', ')}) === true`;
}
