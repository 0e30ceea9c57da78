import { escapedText } from '../escape.ts';
import { filterName, isSuper, superOf } from './calls.ts';
import type { Compilation } from './compilation.ts';
import type { InlineIfNode, Node } from './nodes.ts';
import type { Scope } from './scope.ts';
import { bareOf, primaryOf, quoted, textOf, truthOf, type Value } from './values.ts';

/** Writes the value of an expression to the output, escaped; null and undefined write nothing. */
export function output(c: Compilation, node: Node, scope: Scope): void {
  switch (node.typename) {
    case 'TemplateData':
      c.writer.text(String(node.value));
      return;
    case 'InlineIf':
      outputOneOf(c, node, scope);
      return;
    case 'FunCall': {
      const macro = c.macroOf(node.name, scope);
      if (isSuper(node)) c.writer.output(superOf(scope));
      else if (macro !== null) c.call(macro, node.args, scope);
      else outputValue(c, c.expression(node, scope));
      return;
    }
    case 'Filter': {
      const [input, ...more] = node.args.children;
      if (filterName(node) === 'safe' && input !== undefined && more.length === 0) {
        outputUnescaped(c, c.expression(input, scope));
      } else outputValue(c, c.expression(node, scope));
      return;
    }
    default:
      outputValue(c, c.expression(node, scope));
  }
}

function outputOneOf(c: Compilation, { cond, body, else_ }: InlineIfNode, scope: Scope): void {
  const condition = c.expression(cond, scope);
  const truth = truthOf(condition);
  const [yes, no] = [
    () => output(c, body, scope),
    () => (else_ === null ? undefined : output(c, else_, scope)),
  ];
  if (truth === true) yes();
  else if (truth === false) no();
  else c.branch([], scope, () => writeChoice(c, condition, yes, no));
}

/** Writes an `if`. */
export function writeChoice(c: Compilation, condition: Value, yes: () => void, no: () => void): void {
  const { writer } = c;
  writer.line(`if (${bareOf(condition)}) {`);
  writer.line(writer.statements(yes));
  const otherwise = writer.statements(no);
  writer.line(otherwise === '' ? '}' : `} else {\n${otherwise}\n}`);
}

function outputValue({ writer }: Compilation, value: Value): void {
  if (value.kind === 'constant') {
    if (value.value === null || value.value === undefined) return;
    if (typeof value.value !== 'object' || Array.isArray(value.value)) {
      writer.text(escapedText(String(value.value)));
      return;
    }
  }
  const type = value.kind === 'code' ? value.type : 'any';
  if (type === 'number' || type === 'boolean' || type === 'safe') writer.output(primaryOf(value));
  else if (value.kind === 'code' && value.bare !== undefined && value.bare !== value.text) {
    writer.output(`escapedMember(${value.bare})`);
  } else writer.output(`escaped(${textOf(value)})`);
}

function outputUnescaped({ writer }: Compilation, value: Value): void {
  if (value.kind === 'constant' && typeof value.value === 'string') writer.text(value.value);
  else writer.output(`unescaped(${textOf(value)})`);
}

/** The statements' output as one text. */
export function captured(c: Compilation, write: () => void): ReturnType<Compilation['captured']> {
  const name = c.writer.name('o');
  const result = c.writer.captured(name, write);
  if ('text' in result) return { kind: 'text', text: result.text };
  const text = `(() => {\nlet ${name} = '';\n${result.statements}\nreturn ${name};\n})()`;
  return { kind: 'code', text, type: 'text', primary: true };
}

/** Writes statements whose output is thrown away. What they set stays. */
export function discarded(c: Compilation, write: () => void): void {
  const name = c.writer.name('o');
  const result = c.writer.captured(name, write);
  if ('statements' in result) c.writer.line(`let ${name} = ${quoted('')};\n${result.statements}`);
}
