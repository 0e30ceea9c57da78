import type { Compilation } from './compilation.ts';
import { Names } from './frames.ts';
import { constant } from './lookups.ts';
import { contains } from './macros.ts';
import { type ForNode, type Node, nodesOf } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import type { Scope } from './scope.ts';
import { type Constant, code, isPrimitive, primitive, textOf, UNDEFINED, type Value } from './values.ts';

/** A loop over a known list that is not longer is written out. */
const MAX_UNROLLED = 32;

/** `{% for %}`. */
export function loop(c: Compilation, node: ForNode, scope: Scope): void {
  if (node.else_ !== null && scope.inLoop)
    throw new NotCompilable('it has an {% else %} of a loop in a loop');
  const list = c.expression(node.arr, scope);
  const names = namesOf(node.name);
  const items = list.kind === 'constant' && !changes(node.body) ? itemsOf(c, list, names.length) : null;
  if (items !== null && items.length <= MAX_UNROLLED) unrolled(c, node, names, items, scope);
  else if (names.length === 1) overList(c, node, names, list, scope);
  else overPairs(c, node, names, list, scope);
}

function namesOf(node: Node): string[] {
  return nodesOf(node).map((name) => (name.typename === 'Symbol' ? name.value : unusual()));
}

function unusual(): never {
  throw new NotCompilable('it has a loop with an unusual variable');
}

/** Whether the meaning of a name depends on the turn. */
function changes(body: Node): boolean {
  const kinds = ['Set', 'Macro', 'Import', 'FromImport', 'Block'];
  return contains(body, ({ typename }) => kinds.includes(typename));
}

/** The values of the variables in each turn, if they are known. */
function itemsOf(c: Compilation, { value, fresh }: Constant, width: number): (readonly Value[])[] | null {
  const known = (item: unknown): Value => ({
    ...constant(c, item),
    ...(fresh && !isPrimitive(item) ? { fresh } : {}),
  });
  if (!value) return [];
  if (Array.isArray(value)) {
    if (width === 1) return value.map((item) => [known(item)]);
    if (!value.every(Array.isArray)) return null;
    return value.map((item) => Array.from({ length: width }, (_, place) => known(item[place])));
  }
  if (width !== 2 || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return null;
  return Object.entries(value).map(([key, item]) => [primitive(key), known(item)]);
}

function unrolled(
  c: Compilation,
  { body, else_ }: ForNode,
  names: readonly string[],
  items: readonly (readonly Value[])[],
  scope: Scope,
): void {
  for (const [turn, values] of items.entries()) {
    const inside = turnScope(scope, names, values, knownPlace(turn, items.length));
    c.statements([body], inside);
  }
  if (items.length === 0 && else_ !== null) c.statements([else_], emptyScope(scope, names));
}

/** A loop with one variable. */
function overList(c: Compilation, node: ForNode, names: readonly string[], list: Value, scope: Scope): void {
  const { writer } = c;
  const [all, length] = [writer.name('l'), writer.name('n')];
  writer.line(`let ${all} = ${textOf(list)};\nlet ${length};`);
  // Before the loop: here, its variables that keep their values from turn to turn are declared.
  const turns = turnsOf(
    c,
    node,
    scope,
    (place) => {
      const item = writer.name('a');
      return { values: [code(item)], head: `const ${item} = ${all}[${place}];`, names, isInFrame: true };
    },
    length,
  );
  writer.line(`if (${all}) {\n${all} = listOf(${all});\n${length} = ${all}.length;`);
  writer.line(
    `for (let ${turns.place} = 0; ${turns.place} < ${all}.length; ${turns.place}++) {\n${turns.statements}\n}\n}`,
  );
  otherwise(c, node, names, length, scope);
}

/** A loop with several variables: over the parts of lists, or over the keys and values of an object. */
function overPairs(c: Compilation, node: ForNode, names: readonly string[], list: Value, scope: Scope): void {
  const { writer } = c;
  if (names.length !== 2) throw new NotCompilable('it has a loop with more than two variables');
  const [all, length] = [writer.name('l'), writer.name('n')];
  writer.line(`let ${all} = ${textOf(list)};\nlet ${length};`);
  const lists = turnsOf(
    c,
    node,
    scope,
    (place) => {
      const parts = names.map(() => writer.name('a'));
      const head = parts.map((part, index) => `const ${part} = ${all}[${place}][${index}];`).join('\n');
      // Nunjucks does not put these into the frame, so that an included template does not see them.
      return { values: parts.map((part) => code(part)), head, names, isInFrame: false };
    },
    length,
  );
  const [key, value] = [writer.name('a'), writer.name('a')];
  const entries = turnsOf(
    c,
    node,
    scope,
    () => ({
      values: [code(key), code(value)],
      head: `const ${value} = ${all}[${key}];`,
      names,
      isInFrame: true,
    }),
    length,
  );
  writer.line(`if (${all}) {\n${all} = listOf(${all});`);
  writer.line(`if (Array.isArray(${all})) {\n${length} = ${all}.length;`);
  writer.line(
    `for (let ${lists.place} = 0; ${lists.place} < ${all}.length; ${lists.place}++) {\n${lists.statements}\n}`,
  );
  writer.line(`} else {\n${length} = keysOf(${all}).length;\nlet ${entries.place} = -1;`);
  writer.line(`for (const ${key} in ${all}) {\n${entries.place}++;\n${entries.statements}\n}\n}\n}`);
  otherwise(c, node, names, length, scope);
}

interface Turn {
  readonly names: readonly string[];
  readonly values: readonly Value[];
  /** Statements that read the values. */
  readonly head: string;
  readonly isInFrame: boolean;
}

/** The statements of each turn, and the variable with its number. */
function turnsOf(
  c: Compilation,
  { body }: ForNode,
  scope: Scope,
  turnAt: (place: string) => Turn,
  length: string,
): { readonly place: string; readonly statements: string } {
  const place = c.writer.name('i');
  const { names, values, head, isInFrame } = turnAt(place);
  const inside = turnScope(scope, names, values, placeOf(place, length), isInFrame);
  if (
    contains(
      body,
      (node) => node.typename === 'Set' && node.targets.some(({ value }) => names.includes(value)),
    )
  ) {
    throw new NotCompilable('it sets the variable of a loop');
  }
  return c.branch([body], inside, () => ({
    place,
    statements: `${head}\n${c.writer.statements(() => c.statements([body], inside))}`,
  }));
}

function otherwise(
  c: Compilation,
  { else_ }: ForNode,
  names: readonly string[],
  length: string,
  scope: Scope,
): void {
  if (else_ === null) return;
  const inside = emptyScope(scope, names);
  c.branch([else_], inside, () => {
    c.writer.line(`if (!${length}) {\n${c.writer.statements(() => c.statements([else_], inside))}\n}`);
  });
}

function turnScope(
  scope: Scope,
  variables: readonly string[],
  values: readonly Value[],
  loop: ReadonlyMap<string, Value>,
  isInFrame = true,
): Scope {
  const [frame, names] = [scope.frame.push(), new Names(scope.names)];
  for (const [place, name] of variables.entries()) {
    const value = values[place] ?? UNDEFINED;
    names.bind(name, value);
    if (isInFrame) frame.bind(name, value);
  }
  frame.bind('loop', { kind: 'loop', properties: loop });
  return { ...scope, frame, names, inLoop: true };
}

function emptyScope(scope: Scope, variables: readonly string[]): Scope {
  const names = new Names(scope.names);
  for (const name of variables) names.bind(name, UNDEFINED);
  return { ...scope, frame: scope.frame.push(), names };
}

function placeOf(place: string, length: string): ReadonlyMap<string, Value> {
  return new Map([
    ['index', code(`(${place} + 1)`, 'number')],
    ['index0', code(place, 'number')],
    ['revindex', code(`(${length} - ${place})`, 'number')],
    ['revindex0', code(`(${length} - ${place} - 1)`, 'number')],
    ['first', code(`(${place} === 0)`, 'boolean')],
    ['last', code(`(${place} === ${length} - 1)`, 'boolean')],
    ['length', code(length, 'number')],
  ]);
}

function knownPlace(turn: number, length: number): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['index', primitive(turn + 1)],
    ['index0', primitive(turn)],
    ['revindex', primitive(length - turn)],
    ['revindex0', primitive(length - turn - 1)],
    ['first', primitive(turn === 0)],
    ['last', primitive(turn === length - 1)],
    ['length', primitive(length)],
  ]);
}
