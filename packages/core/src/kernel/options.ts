import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

// Why: docs/decisions/0077-options-are-parsed.md
/**
 * Parses the options of a function and fills in defaults. Messages of the schema complete the sentence "expected …".
 * Messages do not show values, since some are secret.
 * @param caller The name of the function, for the message.
 * @throws {Error} naming each unknown option with the most similar known one, and each option of a wrong type.
 */
export function parseOptions<Schema extends z.ZodObject>(
  caller: string,
  schema: Schema,
  given: z.input<Schema>,
): z.output<Schema> {
  const faults = optionFaults(schema, given);
  if (faults.length > 0) throw new Error(`${caller}: ${faults.join('; ')}`);
  return schema.parse(given ?? {});
}

/**
 * What is wrong with options, one text for each option: unknown ones first, then wrong values in the order of the
 * schema. Empty if nothing is wrong. Messages of the schema complete the sentence "expected …".
 */
export function optionFaults(schema: z.ZodObject, given: unknown): string[] {
  const options = given ?? {};
  if (typeof options !== 'object') return ['expected an object of options'];
  const unknown = unknownOptions(options, Object.keys(schema.shape));
  const wrong = new Map<string, string[]>();
  for (const issue of schema.safeParse(options).error?.issues ?? []) {
    const option = issue.path.join('.');
    if (option !== '' && !wrong.has(option)) wrong.set(option, faultsOf(issue, schema));
  }
  return [
    ...unknown,
    ...[...wrong].flatMap(([option, faults]) => faults.map((fault) => `${option}: ${fault}`)),
  ];
}

function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodObject): string[] {
  if (issue.code !== 'unrecognized_keys') return [`expected ${issue.message}`];
  return unknownNames(issue.keys, namesAt(schema, issue.path));
}

/** The names of the object at a path of the schema. */
function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly)
    return namesAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => namesAt(option, path));
  const [name, ...rest] = path;
  if (schema instanceof z.ZodArray) return name === undefined ? [] : namesAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (name === undefined) return Object.keys(schema.shape);
  const part: z.core.$ZodType | undefined = schema.shape[String(name)];
  return part === undefined ? [] : namesAt(part, rest);
}

/**
 * Every option by name: an object of `true`, or the shape of a schema. The compiler requires a complete list for each
 * member of a union.
 */
export type KnownOptions<Options> = Readonly<
  Record<Options extends Options ? keyof Options : never, unknown>
>;

/**
 * Checks only the names of options, for a function that checks the values itself.
 * @throws {Error} naming each unknown option with the most similar known one.
 */
export function requireKnownOptions<Options extends object>(
  caller: string,
  given: Options,
  known: KnownOptions<Options>,
): void {
  const faults = unknownOptions(given, Object.keys(known));
  if (faults.length > 0) throw new Error(`${caller}: ${faults.join('; ')}`);
}

function unknownOptions(given: object, known: readonly string[]): string[] {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return unknownNames(unknown, known);
}

function unknownNames(names: readonly string[], known: readonly string[]): string[] {
  return names.map((name) => {
    const nearest = nearestName(name, known);
    const hint = nearest === null ? `the options are ${known.join(', ')}` : `did you mean '${nearest}'?`;
    return `there is no option '${name}': ${hint}`;
  });
}
