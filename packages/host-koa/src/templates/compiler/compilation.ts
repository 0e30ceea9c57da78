import type { CallNode, ListNode, Node } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { Code, Macro, Module, Value } from './values.ts';
import type { Writer } from './writer.ts';

/** The functions of an environment that templates call by name. */
export interface Library {
  readonly filters: Readonly<Record<string, unknown>>;
  readonly tests: Readonly<Record<string, unknown>>;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** The compilation of one page. It joins the parts of the compiler, which call each other through it. */
export interface Compilation {
  readonly writer: Writer;
  readonly library: Library;
  /** Whether the page fails if it names a missing variable or property. */
  readonly strict: boolean;
  /** Values that are the same in each rendering, by their names in the model. Functions depend on arguments only. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** How many branches and loops are around the node that is compiled. */
  depth: number;
  /** JavaScript for a value that the generated code gets from the compiler. */
  reference(value: unknown): string;
  /** A template by its name, or null if it does not exist. */
  parsed(name: string): ListNode | null;
  expression(node: Node, scope: Scope): Value;
  /** Writes the value of an expression to the output, escaped. */
  output(node: Node, scope: Scope): void;
  statements(nodes: readonly Node[], scope: Scope): void;
  /** Compiles what runs only sometimes, or more than once. Prepares the variables that it sets. */
  branch<Result>(nodes: readonly Node[], scope: Scope, compile: () => Result): Result;
  /** Writes the output of a macro. */
  call(macro: Macro, args: CallNode['args'], scope: Scope): void;
  /** The function that a call calls if it is known when the page is compiled. */
  macroOf(node: Node, scope: Scope): Macro | null;
  /** The result of statements, as one text. */
  captured(write: () => void): Code | { readonly kind: 'text'; readonly text: string };
  /** The exports of a template. */
  module(name: string, scope: Scope, withContext: boolean): Module;
  /** Writes a template with the ones that it extends. */
  template(name: string, scope: Pick<Scope, 'frame' | 'context'>): void;
}
