import type { Node } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import { isDefined, type Value } from './values.ts';

/** A variable that is assigned in a branch or a loop: a variable of the generated JavaScript, by its name there. */
export interface Assigned {
  readonly kind: 'assigned';
  readonly name: string;
}

export type Binding = Value | Assigned;

/** One function of the code that nunjucks would generate: the root of a template with its macros, or a block. */
export interface FunctionScope {
  readonly name: string;
}

interface FrameOptions {
  /** Whether what is set here stays here. */
  readonly isolated?: boolean;
  /** Whether what is set here is also in the model from then on. */
  readonly topLevel?: boolean;
}

/** The variables of a part of a template, as nunjucks keeps them at run time in its frames. */
export class Frame {
  readonly #variables = new Map<string, Binding>();
  readonly parent: Frame | null;
  readonly options: FrameOptions;

  constructor(parent: Frame | null = null, options: FrameOptions = {}) {
    this.parent = parent;
    this.options = options;
  }

  push(options: FrameOptions = {}): Frame {
    return new Frame(this, options);
  }

  bind(name: string, binding: Binding): void {
    this.#variables.set(name, binding);
  }

  own(name: string): Binding | undefined {
    return this.#variables.get(name);
  }

  /** All variables of this name, from the innermost outwards: an undefined one leads to the next. */
  all(name: string): Binding[] {
    const own = this.#variables.get(name);
    const outer = this.parent?.all(name) ?? [];
    return own === undefined ? outer : [own, ...outer];
  }

  /**
   * The frame that `set` writes to: the nearest that has the variable, or this one.
   * @throws {NotCompilable} if that depends on whether a variable is undefined when the page is rendered.
   */
  writtenBy(name: string): Frame {
    const holders: Frame[] = [];
    // Nunjucks asks only the first frame whether it is isolated.
    for (let frame: Frame | null = this; frame !== null; frame = frame.#outer(this)) {
      if (frame.own(name) !== undefined) holders.push(frame);
    }
    const [nearest = this] = holders;
    const found = nearest.own(name);
    const isCertain = found === undefined || (found.kind !== 'assigned' && isDefined(found));
    if (isCertain || (nearest === this && holders.length === 1)) return nearest;
    throw new NotCompilable(`{% set ${name} %} in a loop changes a variable that may be undefined`);
  }

  #outer(first: Frame): Frame | null {
    return this === first && this.options.isolated ? null : this.parent;
  }
}

/** The names that nunjucks knows when it compiles: arguments, loop variables, macros and imports of one function. */
export class Names {
  readonly #names = new Map<string, Binding>();
  readonly parent: Names | null;

  constructor(parent: Names | null = null) {
    this.parent = parent;
  }

  bind(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }

  /** The names that have this one: themselves, or a parent. Null if none has. */
  ownerOf(name: string): Names | null {
    return this.#names.has(name) ? this : (this.parent?.ownerOf(name) ?? null);
  }

  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.parent?.find(name);
  }
}

/** The model of a template with what the template has set and imported. */
export class Context {
  readonly #set: Map<string, Binding>;
  /** The names that an import of the template gets. */
  readonly exported = new Set<string>();

  /** True for a template that is imported without the model. */
  readonly isEmpty: boolean;
  /** How many branches and loops are around the template. */
  readonly depth: number;

  constructor(isEmpty: boolean, depth: number, set: ReadonlyMap<string, Binding> = new Map()) {
    this.isEmpty = isEmpty;
    this.depth = depth;
    this.#set = new Map(set);
  }

  /** The context of an included or imported template: a copy, which does not lead back. */
  copy(depth: number): Context {
    return new Context(this.isEmpty, depth, this.#set);
  }

  find(name: string): Binding | undefined {
    return this.#set.get(name);
  }

  set(name: string, binding: Binding): void {
    this.#set.set(name, binding);
  }
}

/** Where a node is: everything that the meaning of its names depends on. */
export interface Scope {
  /** The name of the template that contains the node. */
  readonly template: string;
  readonly frame: Frame;
  readonly names: Names;
  readonly context: Context;
  readonly function: FunctionScope;
  /** Whether a loop is around the node, in the same function or macro. */
  readonly inLoop: boolean;
  /** The blocks of the template. Null in a macro, which has none. */
  readonly blocks: Blocks | null;
  /** The block that contains the node; null outside of blocks. */
  readonly block: CurrentBlock | null;
  /** Whether the output of the node is thrown away: a template that extends another shows only its blocks. */
  readonly extending: boolean;
}

/** The block that is compiled, with the JavaScript that holds what `super()` returns. */
export interface CurrentBlock {
  readonly superText: string | null;
}

/** The definitions of each block, from the template that was named to the one that it extends. */
export type Blocks = Map<string, BlockDefinition[]>;

export interface BlockDefinition {
  readonly template: string;
  readonly node: { readonly body: Node };
}
