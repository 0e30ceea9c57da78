import type { z } from 'zod';
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
  const known = Object.keys(schema.shape);
  const faults = unknownOptions(given ?? {}, known);
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success && faults.length === 0) return parsed.data;
  for (const { code, path, message } of parsed.error?.issues ?? []) {
    if (code !== 'unrecognized_keys' || path.length > 0)
      faults.push(`${path.join('.')}: expected ${message}`);
  }
  throw new Error(`${caller}: ${faults.join('; ')}`);
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
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest === null ? `the options are ${known.join(', ')}` : `did you mean '${nearest}'?`;
      return `there is no option '${name}': ${hint}`;
    });
}
