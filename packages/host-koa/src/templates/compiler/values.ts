import type { Context, Frame, Names } from './frames.ts';
import type { MacroNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';

/** What the compiler knows of the value of an expression. */
export type Value = Constant | Code | Macro | Module | Loop;

/** A value that is known at compile time. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: unknown;
  /** JavaScript that gives the value, and may be followed by `.` or `(`. */
  readonly text: string;
  /** True for a list or dictionary of the template: each evaluation makes a new one. */
  readonly fresh?: boolean;
}

/** A value that is known when the page is rendered. */
export interface Code {
  readonly kind: 'code';
  readonly text: string;
  /** False if `text` needs parentheses before `.` or `(`. */
  readonly primary: boolean;
  readonly type: Type;
  /** The text without the wrapper of methods, for places where a function is as good as its wrapper. */
  readonly bare?: string;
}

/** `safe` is a `SafeString`. Only a value of type `any` may be undefined. */
export type Type = 'text' | 'number' | 'boolean' | 'safe' | 'list' | 'any';

/** A macro, or the body of a `call`. */
export interface Macro {
  readonly kind: 'macro';
  readonly node: MacroNode;
  readonly template: string;
  readonly context: Context<Binding>;
  /** The function of nunjucks' own code that holds the macro. */
  readonly scope: FunctionScope;
  /** The variables around the body of a `call`. Null for a macro, which sees none. */
  readonly around: {
    readonly frame: Frame<Binding>;
    readonly names: Names<Binding>;
    readonly block: CurrentBlock | null;
  } | null;
}

/** What `import … as` gives. */
export interface Module {
  readonly kind: 'module';
  readonly exports: ReadonlyMap<string, Value>;
}

/** The variable `loop`. Its properties are numbers and booleans. */
export interface Loop {
  readonly kind: 'loop';
  readonly properties: ReadonlyMap<string, Value>;
}

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

/** The block that is compiled, with the JavaScript that holds what `super()` returns. */
export interface CurrentBlock {
  readonly superText: string | null;
}

/** JavaScript for a text. U+2028 and U+2029 are escaped too. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A constant of a primitive type. */
export function primitive(value: string | number | boolean | null | undefined): Constant {
  const text =
    typeof value === 'string'
      ? quoted(value)
      : value === undefined
        ? 'undefined'
        : `${Object.is(value, -0) ? '-0' : value}`;
  return { kind: 'constant', value, text: typeof value === 'number' ? `(${text})` : text };
}

export function isPrimitive(value: unknown): value is string | number | boolean | null | undefined {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

export const UNDEFINED = primitive(undefined);

export function code(text: string, type: Type = 'any', primary = true): Code {
  return { kind: 'code', text, type, primary };
}

/** JavaScript for a value. @throws {NotCompilable} for a macro that is not called. */
export function textOf(value: Value): string {
  if (value.kind === 'constant' || value.kind === 'code') return value.text;
  throw new NotCompilable(`it uses a ${value.kind} as a value`);
}

/** JavaScript for a value that may be followed by `.` or `(`. */
export function primaryOf(value: Value): string {
  const text = textOf(value);
  return value.kind === 'code' && !value.primary ? `(${text})` : text;
}

/** JavaScript for a value where only its truth counts. */
export function bareOf(value: Value): string {
  return value.kind === 'code' ? (value.bare ?? value.text) : textOf(value);
}

/** True or false if the truth of a value is known at compile time, else null. */
export function truthOf(value: Value): boolean | null {
  if (value.kind === 'constant') return Boolean(value.value);
  return value.kind === 'code' ? null : true;
}

/** Whether a value can't be undefined. */
export function isDefined(value: Value): boolean {
  if (value.kind === 'constant') return value.value !== undefined;
  return value.kind === 'code' ? value.type !== 'any' : true;
}

/** Values in this order until one is not undefined. */
export function firstDefined(values: readonly Value[]): Value {
  const end = values.findIndex(isDefined);
  const tried = (end === -1 ? values : values.slice(0, end + 1)).filter(
    (value, place, all) =>
      value !== all[place - 1] && (value.kind !== 'constant' || value.value !== undefined),
  );
  const last = tried.at(-1);
  if (last === undefined) return UNDEFINED;
  if (tried.length === 1) return last;
  const texts = tried.map(textOf);
  const rest = texts
    .slice(0, -1)
    .reduceRight((after, text) => `(${text} !== undefined ? ${text} : ${after})`, primaryOf(last));
  return code(rest);
}
