import type { Context, Frame, Names } from './frames.ts';
import type { Node } from './nodes.ts';
import type { Binding, CurrentBlock, FunctionScope } from './values.ts';

/** Where a node is: everything that the meaning of its names depends on. */
export interface Scope {
  /** The name of the template that contains the node. */
  readonly template: string;
  readonly frame: Frame<Binding>;
  readonly names: Names<Binding>;
  readonly context: Context<Binding>;
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

/** The definitions of each block, from the template that was named to the one that it extends. */
export type Blocks = Map<string, BlockDefinition[]>;

export interface BlockDefinition {
  readonly template: string;
  readonly node: { readonly body: Node };
}
