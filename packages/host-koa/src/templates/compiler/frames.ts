interface FrameOptions {
  /** Whether what is set here stays here. */
  readonly isolated?: boolean;
  /** Whether what is set here is also in the model from then on. */
  readonly topLevel?: boolean;
}

/** The variables of a part of a template, as nunjucks keeps them at run time in its frames. */
export class Frame<Bound> {
  readonly #variables = new Map<string, Bound>();
  readonly parent: Frame<Bound> | null;
  readonly options: FrameOptions;

  constructor(parent: Frame<Bound> | null = null, options: FrameOptions = {}) {
    this.parent = parent;
    this.options = options;
  }

  push(options: FrameOptions = {}): Frame<Bound> {
    return new Frame(this, options);
  }

  bind(name: string, binding: Bound): void {
    this.#variables.set(name, binding);
  }

  own(name: string): Bound | undefined {
    return this.#variables.get(name);
  }

  /** All variables of this name, from the innermost outwards: an undefined one leads to the next. */
  all(name: string): Bound[] {
    const own = this.#variables.get(name);
    const outer = this.parent?.all(name) ?? [];
    return own === undefined ? outer : [own, ...outer];
  }

  /** The frames that have the variable and that `set` may write to, from the innermost outwards. */
  holders(name: string): Frame<Bound>[] {
    const holders: Frame<Bound>[] = [];
    // Nunjucks asks only the first frame whether it is isolated.
    for (let frame: Frame<Bound> | null = this; frame !== null; frame = frame.#outer(this)) {
      if (frame.own(name) !== undefined) holders.push(frame);
    }
    return holders;
  }

  #outer(first: Frame<Bound>): Frame<Bound> | null {
    return this === first && this.options.isolated ? null : this.parent;
  }
}

/** The names that nunjucks knows when it compiles: arguments, loop variables, macros and imports of one function. */
export class Names<Bound> {
  readonly #names = new Map<string, Bound>();
  readonly parent: Names<Bound> | null;

  constructor(parent: Names<Bound> | null = null) {
    this.parent = parent;
  }

  bind(name: string, binding: Bound): void {
    this.#names.set(name, binding);
  }

  /** The names that have this one: themselves, or a parent. Null if none has. */
  ownerOf(name: string): Names<Bound> | null {
    return this.#names.has(name) ? this : (this.parent?.ownerOf(name) ?? null);
  }

  find(name: string): Bound | undefined {
    return this.#names.get(name) ?? this.parent?.find(name);
  }
}

/** The model of a template with what the template has set and imported. */
export class Context<Bound> {
  readonly #set: Map<string, Bound>;
  /** The names that an import of the template gets. */
  readonly exported = new Set<string>();

  /** True for a template that is imported without the model. */
  readonly isEmpty: boolean;
  /** How many branches and loops are around the template. */
  readonly depth: number;

  constructor(isEmpty: boolean, depth: number, set: ReadonlyMap<string, Bound> = new Map()) {
    this.isEmpty = isEmpty;
    this.depth = depth;
    this.#set = new Map(set);
  }

  /** The context of an included or imported template: a copy, which does not lead back. */
  copy(depth: number): Context<Bound> {
    return new Context(this.isEmpty, depth, this.#set);
  }

  find(name: string): Bound | undefined {
    return this.#set.get(name);
  }

  set(name: string, binding: Bound): void {
    this.#set.set(name, binding);
  }
}
