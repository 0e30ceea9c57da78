import type { z } from 'zod';
import { parseInput } from './kernel/input.ts';
import { type KnownOptions, optionFaults, requireKnownOptions } from './kernel/options.ts';
import { type MicroblogOptions, type MicroblogPorts, microblogOptionsSchema } from './microblog-options.ts';

const CALLER = 'createMicroblog';

const knownPorts: KnownOptions<MicroblogPorts> = {
  ...{ storage: true, search: true, clock: true, ids: true, logger: true, passwordHasher: true },
  ...{ jobs: true, mailer: true, mailTexts: true, languageDetector: true, translator: true },
};

/** @throws {Error} for a missing storage and for unknown ports. The message says what to give. */
export function requirePorts(given: MicroblogPorts | undefined): asserts given is MicroblogPorts {
  const ports: Partial<MicroblogPorts> = given ?? {};
  requireKnownOptions(CALLER, ports, knownPorts);
  if (typeof ports.storage !== 'object' || ports.storage === null) {
    throw new Error(
      `${CALLER}: the port 'storage' is missing: give it memoryStorage() or postgresStorage(…), such as ${CALLER}({ storage: memoryStorage() })`,
    );
  }
}

/**
 * Checks the options of a microblog and fills in defaults.
 * @throws {MicroblogError} `invalid_input` for a wrong value. The message says what was expected of each option.
 * @throws {Error} for an unknown option.
 */
export function parseMicroblogOptions(
  given: z.input<typeof microblogOptionsSchema> | undefined,
): MicroblogOptions {
  const options = given ?? {};
  requireKnownOptions(CALLER, options, microblogOptionsSchema.shape);
  return parseInput(
    microblogOptionsSchema,
    options,
    () => `${CALLER}: ${optionFaults(microblogOptionsSchema, options).join('; ')}`,
  );
}
