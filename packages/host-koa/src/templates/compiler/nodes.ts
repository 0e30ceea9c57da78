import nunjucks from 'nunjucks';

/** The nodes of a parsed template that the compiler knows. Nunjucks has no types for them. */
export type Node =
  | LiteralNode
  | SymbolNode
  | ListNode
  | PairNode
  | LookupNode
  | CallNode
  | InlineIfNode
  | IfNode
  | ForNode
  | SetNode
  | CaptureNode
  | MacroNode
  | ImportNode
  | FromImportNode
  | BlockNode
  | TemplateNode
  | UnaryNode
  | BinaryNode
  | CompareNode
  | UnsupportedNode;

export interface LiteralNode {
  readonly typename: 'Literal' | 'TemplateData';
  readonly value: unknown;
}

export interface SymbolNode {
  readonly typename: 'Symbol';
  readonly value: string;
}

export interface ListNode {
  readonly typename: 'Root' | 'NodeList' | 'Output' | 'Group' | 'Array' | 'Dict' | 'KeywordArgs';
  readonly children: readonly Node[];
}

export interface PairNode {
  readonly typename: 'Pair';
  readonly key: Node;
  readonly value: Node;
}

/** `target.val` or `target[val]`. */
export interface LookupNode {
  readonly typename: 'LookupVal';
  readonly target: Node;
  readonly val: Node;
}

/** A call of a function or macro; or a filter, whose first argument is its input. */
export interface CallNode {
  readonly typename: 'FunCall' | 'Filter';
  readonly name: Node;
  readonly args: ListNode;
}

export interface InlineIfNode {
  readonly typename: 'InlineIf';
  readonly cond: Node;
  readonly body: Node;
  readonly else_: Node | null;
}

export interface IfNode {
  readonly typename: 'If';
  readonly cond: Node;
  readonly body: Node;
  readonly else_: Node | null;
}

export interface ForNode {
  readonly typename: 'For';
  readonly arr: Node;
  /** One name, or an `Array` of them. */
  readonly name: Node;
  readonly body: Node;
  readonly else_: Node | null;
}

export interface SetNode {
  readonly typename: 'Set';
  readonly targets: readonly SymbolNode[];
  /** Null for the form with a body. */
  readonly value: Node | null;
  readonly body?: CaptureNode;
}

export interface CaptureNode {
  readonly typename: 'Capture';
  readonly body: Node;
}

/** `Caller` is the body of `{% call %}`: a macro without a name. */
export interface MacroNode {
  readonly typename: 'Macro' | 'Caller';
  readonly name: SymbolNode;
  /** Names; the last child may be a `KeywordArgs` with defaults. */
  readonly args: ListNode;
  readonly body: Node;
}

export interface ImportNode {
  readonly typename: 'Import';
  readonly template: Node;
  readonly target: SymbolNode;
  readonly withContext: boolean | null;
}

export interface FromImportNode {
  readonly typename: 'FromImport';
  readonly template: Node;
  /** Symbols, or pairs of a name and its alias. */
  readonly names: ListNode;
  readonly withContext: boolean | null;
}

export interface BlockNode {
  readonly typename: 'Block';
  readonly name: SymbolNode;
  readonly body: Node;
}

export interface TemplateNode {
  readonly typename: 'Extends' | 'Include';
  readonly template: Node;
  readonly ignoreMissing?: boolean | null;
}

export interface UnaryNode {
  readonly typename: 'Not' | 'Neg' | 'Pos';
  readonly target: Node;
}

export interface BinaryNode {
  readonly typename: 'Or' | 'And' | 'In' | 'Is' | Arithmetic;
  readonly left: Node;
  readonly right: Node;
}

export type Arithmetic = 'Concat' | 'Add' | 'Sub' | 'Mul' | 'Div' | 'FloorDiv' | 'Mod' | 'Pow';

export interface CompareNode {
  readonly typename: 'Compare';
  readonly expr: Node;
  readonly ops: readonly { readonly type: string; readonly expr: Node }[];
}

export interface UnsupportedNode {
  readonly typename: 'Switch' | 'IfAsync' | 'AsyncEach' | 'AsyncAll' | 'CallExtension' | 'CallExtensionAsync';
}

interface Parser {
  parse(source: string, extensions: readonly object[], options: nunjucks.ConfigureOptions): ListNode;
}

const { parser } = nunjucks as unknown as { readonly parser: Parser };

/** Parses a template as an environment with these options does. @throws {Error} for an invalid template. */
export function parseTemplate(source: string, options: nunjucks.ConfigureOptions): ListNode {
  return parser.parse(source, [], options);
}

/** The children of a list of nodes; a single node is a list of one. */
export function nodesOf(node: Node): readonly Node[] {
  return 'children' in node ? node.children : [node];
}
