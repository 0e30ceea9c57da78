import { call, filter } from './calls.ts';
import type { Compilation } from './compilation.ts';
import { member, variable } from './lookups.ts';
import type { CaptureNode, InlineIfNode, ListNode, LiteralNode, Node, PairNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import { operation } from './operators.ts';
import type { Scope } from './scope.ts';
import {
  bareOf,
  type Constant,
  code,
  isPrimitive,
  primaryOf,
  primitive,
  quoted,
  textOf,
  truthOf,
  type Value,
} from './values.ts';

/** The value of an expression, computed now if everything in it is known. */
export function expression(c: Compilation, node: Node, scope: Scope): Value {
  switch (node.typename) {
    case 'Literal':
      return literal(node);
    case 'Symbol':
      return variable(c, node.value, scope);
    case 'LookupVal':
      return member(c, node, scope);
    case 'Group':
      return group(c, node, scope);
    case 'Array':
      return list(c, node, scope);
    case 'Dict':
      return dictionary(c, node, scope);
    case 'KeywordArgs':
      return code(`keywords(${textOf(dictionary(c, node, scope))})`);
    case 'FunCall':
      return call(c, node, scope);
    case 'Filter':
      return filter(c, node, scope);
    case 'InlineIf':
      return inlineIf(c, node, scope);
    case 'Capture':
      return capture(c, node, scope);
    case 'Or':
    case 'And':
    case 'Not':
    case 'In':
    case 'Is':
    case 'Compare':
    case 'Concat':
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'FloorDiv':
    case 'Mod':
    case 'Pow':
    case 'Neg':
    case 'Pos':
      return operation(c, node, scope);
    default:
      throw new NotCompilable(`it has a ${node.typename} where a value is expected`);
  }
}

function literal({ value }: LiteralNode): Constant {
  if (!isPrimitive(value)) throw new NotCompilable('it has a regular expression');
  return primitive(value);
}

function group(c: Compilation, { children }: ListNode, scope: Scope): Value {
  const [only] = children;
  if (only === undefined || children.length > 1) throw new NotCompilable('it has a list in parentheses');
  const value = c.expression(only, scope);
  if (value.kind !== 'code' || value.primary) return value;
  return { ...value, text: `(${value.text})`, primary: true, bare: `(${bareOf(value)})` };
}

function list(c: Compilation, { children }: ListNode, scope: Scope): Value {
  const values = children.map((child) => c.expression(child, scope));
  const text = `[${values.map(textOf).join(', ')}]`;
  if (!values.every((value) => value.kind === 'constant')) return code(text, 'list');
  return { kind: 'constant', value: values.map(({ value }) => value), text, fresh: true };
}

function dictionary(c: Compilation, { children }: ListNode, scope: Scope): Value {
  const entries = children.map((child) => {
    const { key, value } = child as PairNode;
    const name = 'value' in key && typeof key.value === 'string' ? key.value : '__proto__';
    if (name === '__proto__') throw new NotCompilable('it has a dictionary with an unusual key');
    return [name, c.expression(value, scope)] as const;
  });
  const text = `({${entries.map(([name, value]) => `${quoted(name)}: ${textOf(value)}`).join(', ')}})`;
  const known: [string, unknown][] = [];
  for (const [name, value] of entries) if (value.kind === 'constant') known.push([name, value.value]);
  if (known.length < entries.length) return code(text, 'list');
  return { kind: 'constant', value: Object.fromEntries(known), text, fresh: true };
}

function inlineIf(c: Compilation, { cond, body, else_ }: InlineIfNode, scope: Scope): Value {
  const condition = c.expression(cond, scope);
  const truth = truthOf(condition);
  const otherwise = () => (else_ === null ? primitive('') : c.expression(else_, scope));
  if (truth !== null) return truth ? c.expression(body, scope) : otherwise();
  const [yes, no] = [c.expression(body, scope), otherwise()];
  const type = typeOf(yes) === typeOf(no) ? typeOf(yes) : 'any';
  return code(`(${bareOf(condition)} ? ${primaryOf(yes)} : ${primaryOf(no)})`, type);
}

function typeOf(value: Value) {
  if (value.kind === 'code') return value.type;
  return value.kind === 'constant' && typeof value.value === 'string' ? 'text' : 'any';
}

/** The body of `{% set %}` or `{% filter %}`, as one text. */
function capture(c: Compilation, { body }: CaptureNode, scope: Scope): Value {
  return c.branch([body], scope, () => {
    const result = c.captured(() => c.statements([body], scope));
    return result.kind === 'text' ? primitive(result.text) : result;
  });
}
