import { parseArgs } from 'node:util';
import { pageNames } from './measuring/page-loads.ts';

/** The parts of a run that `--only` can name. */
export const partNames = [...pageNames, 'sign-in', 'publish'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  readonly rounds: number;
  /** Seconds of one series. */
  readonly seconds: number;
  readonly connections: number;
  /** Another checkout that is built; its server is measured in turn with this one's. */
  readonly against: string | null;
  readonly withFloor: boolean;
  /** From 0 to 1. */
  readonly noiseLimit: number;
  readonly json: string | null;
  readonly viewers: readonly ('member' | 'visitor')[];
}

export const help = `Measures how fast pages are served, compared with the least that a server has to do (the floor).

  pnpm bench [options]

  --only NAMES       only these parts, separated by commas: ${partNames.join(', ')}
  --members          only pages of members, not of visitors
  --pairs N          how often each server is measured, in turn; default: 3
  --seconds N        how long each series is, about; default: 2
  --connections N    connections that send requests; default: 16
  --against DIR      another checkout, built: its server takes turns with this one
  --no-floor         leave the floor out
  --noise-limit N    percentage of the processors that other work may have; default: 10. "any" counts everything
  --json FILE        write all figures to a file
  --help             this text
`;

/** @throws {TypeError} for options that do not exist, {RangeError} for values that are not valid. */
export function parseOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    allowNegative: true,
    options: {
      only: { type: 'string' },
      members: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '16' },
      against: { type: 'string' },
      floor: { type: 'boolean', default: true },
      'noise-limit': { type: 'string', default: '10' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const noise = values['noise-limit'];
  return {
    parts: values.only === undefined ? partNames : values.only.split(',').map(partNamed),
    rounds: positive('pairs', values.pairs),
    seconds: positive('seconds', values.seconds),
    connections: positive('connections', values.connections),
    against: values.against ?? null,
    withFloor: values.floor,
    noiseLimit: noise === 'any' ? Number.POSITIVE_INFINITY : positive('noise-limit', noise) / 100,
    json: values.json ?? null,
    viewers: values.members ? ['member'] : ['member', 'visitor'],
  };
}

function partNamed(name: string): PartName {
  const found = partNames.find((part) => part === name);
  if (found === undefined)
    throw new RangeError(`--only: there is no part "${name}"; there are ${partNames.join(', ')}.`);
  return found;
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new RangeError(`--${option}: expected a positive number, got "${text}".`);
  return number;
}
