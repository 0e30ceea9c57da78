import type nunjucks from 'nunjucks';
import { branch } from './assignments.ts';
import type { Compilation, Library } from './compilation.ts';
import { expression } from './expressions.ts';
import { Context, Frame } from './frames.ts';
import { callMacro, macroOf } from './macros.ts';
import type { ListNode } from './nodes.ts';
import { NotCompilable } from './not-compilable.ts';
import { captured, output } from './output.ts';
import { runtimeOf } from './runtime.ts';
import { statements } from './statements.ts';
import { moduleOf, template } from './templates.ts';
import type { Binding } from './values.ts';
import { Writer } from './writer.ts';

/** Renders a page from its model. Constants need not be in it. */
export type RenderPage = (model: object) => string;

export type Compiled =
  | { readonly render: RenderPage; readonly code: string }
  | { readonly render: null; readonly reason: string };

interface PageSource {
  /** A parsed template by its name; null if it does not exist. */
  parsed(name: string): ListNode | null;
  readonly environment: nunjucks.Environment & Library;
  readonly constants: Readonly<Record<string, unknown>>;
  readonly strict: boolean;
}

/** Templates that include each other more often than this are a circle. */
const MAX_NESTING = 100;

/**
 * Compiles a template, with all that it extends, imports and includes, to one function that joins texts. Everything
 * that does not depend on the model is computed now. Gives the reason if the template uses something that can't be
 * compiled.
 */
export function compilePage(name: string, { parsed, environment, constants, strict }: PageSource): Compiled {
  const references: unknown[] = [];
  const known = new Map<unknown, string>();
  let nesting = 0;
  const nested = (work: () => void) => {
    if (++nesting > MAX_NESTING)
      throw new NotCompilable('its templates or macros use each other in a circle');
    work();
    nesting--;
  };
  const c: Compilation = {
    writer: new Writer(),
    library: environment,
    strict,
    constants,
    depth: 0,
    parsed,
    reference(value) {
      const name = known.get(value) ?? `k${references.push(value)}`;
      known.set(value, name);
      return name;
    },
    expression: (node, scope) => expression(c, node, scope),
    output: (node, scope) => output(c, node, scope),
    statements: (nodes, scope) => statements(c, nodes, scope),
    branch: (nodes, scope, compile) => branch(c, nodes, scope, compile),
    call: (macro, args, scope) => nested(() => callMacro(c, macro, args, scope)),
    macroOf: (node, scope) => macroOf(c, node, scope),
    captured: (write) => captured(c, write),
    module: (name, scope, withContext) => moduleOf(c, name, scope, withContext),
    template: (name, scope) => nested(() => template(c, name, scope)),
  };
  try {
    const scope = {
      frame: new Frame<Binding>(null, { topLevel: true }),
      context: new Context<Binding>(false, 0),
    };
    const body = c.writer.statements(() => c.template(name, scope));
    return generated(body, references, { environment, strict });
  } catch (error) {
    if (error instanceof NotCompilable) return { render: null, reason: error.message };
    throw error;
  }
}

function generated(
  body: string,
  references: readonly unknown[],
  { environment, strict }: Pick<PageSource, 'environment' | 'strict'>,
): Compiled {
  const runtime = runtimeOf(strict);
  const { filters, tests, globals } = environment;
  const values = { ...runtime, F: filters, T: tests, G: globals, X: { env: environment, ctx: {} } };
  const names = [...Object.keys(values), ...references.map((_, index) => `k${index + 1}`)];
  const code = `'use strict';\nreturn function page(m) {\nlet o = '';\n${body}\nreturn o;\n};`;
  // Nunjucks runs its templates the same way. Texts of templates are in the code as quoted literals only.
  const make = new Function(...names, code);
  return { render: make(...Object.values(values), ...references), code };
}
