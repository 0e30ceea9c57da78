import { z } from 'zod';
import { type FieldProblem, type FieldProblemKind, MicroblogError } from './errors.ts';
import { MAX_CODE_POINTS_PER_GRAPHEME, measureText } from './graphemes.ts';
import { type Id, isId } from './ids.ts';
import { isBlank, isUsable, normalizeText } from './text.ts';

/**
 * Parses a caller's input with a schema of core.
 * @param message The message of the error. Default: a list of the problems.
 * @throws {MicroblogError} `invalid_input` with the first problem of each field, in the order of the schema.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  message?: () => string,
): z.output<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(fieldProblems(parsed.error), message?.());
}

export function invalidInput(
  fields: readonly FieldProblem[],
  message = `The input is not valid (${fields.map(({ field, problem }) => `${field}: ${problem}`).join(', ')}).`,
): MicroblogError<'invalid_input'> {
  return new MicroblogError('invalid_input', message, { details: { fields } });
}

/** An id in canonical form; see `isId`. Does not check whether anything has this id. */
export function idSchema<Kind extends Id>() {
  return z.string().refine(isId).pipe(z.custom<Kind>());
}

export interface TextRule {
  readonly min?: number;
  /** In graphemes. */
  readonly max: number;
}

/**
 * A text for readers. Normalises it, then checks for characters that can't be stored, for graphemes with too many marks
 * or parts, and for the length in graphemes.
 */
export function textSchema({ min = 0, max }: TextRule) {
  return z
    .string()
    .transform(normalizeText)
    .superRefine((text, context) => {
      if (!isUsable(text)) return problem(context, 'unusable_characters');
      if (isBlank(text)) return min > 0 ? problem(context, 'required') : undefined;
      // So many units can't be `max` graphemes, unless they are crowded: the exact count does not matter.
      const isHuge = text.length > max * 2 * MAX_CODE_POINTS_PER_GRAPHEME;
      const { graphemes: count, crowded } = measureText(text, isHuge ? max : undefined);
      if (crowded) return problem(context, 'crowded_characters');
      if (isHuge) return problem(context, 'too_long', { max });
      if (count > max) problem(context, 'too_long', { max, count });
      else if (count < min) problem(context, 'too_short', { min, count });
    });
}

/** Reports a problem of one of core's kinds from inside a schema. */
export function problem(
  context: z.RefinementCtx,
  kind: FieldProblemKind,
  params: Readonly<Record<string, string | number>> = {},
): void {
  context.addIssue({ code: 'custom', params: { kind, ...params } });
}

function fieldProblems(error: z.ZodError): FieldProblem[] {
  const first = new Map<string, FieldProblem>();
  for (const issue of error.issues) {
    const field = issue.path.join('.');
    if (!first.has(field)) first.set(field, { field, ...kindOf(issue) });
  }
  return [...first.values()];
}

function kindOf(issue: z.core.$ZodIssue): Omit<FieldProblem, 'field'> {
  if (issue.code === 'custom' && issue.params !== undefined) {
    const { kind, ...params } = issue.params as { kind: FieldProblemKind };
    return { problem: kind, params };
  }
  const isAbsent = issue.input === undefined && /^invalid_(type|union)$/.test(issue.code);
  if (isAbsent) return { problem: 'required', params: {} };
  return { problem: 'wrong_type', params: {} };
}
