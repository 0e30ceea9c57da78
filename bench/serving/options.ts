import { parseArgs } from 'node:util';
import { type SeedSize, usualSize } from './database/size.ts';
import { pageNames, type ViewerKind, viewers } from './measuring/page-loads.ts';

const partsWithShares = [
  ...pageNames,
  ...(['sign-in', 'search', 'feeds', 'compression', 'publish'] as const),
] as const;
const usualParts = [...partsWithShares, 'memory', 'embedded'] as const;

/** The parts of a full run, in its order. */
export const partNames = [...usualParts, 'restore', 'growth'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: ReadonlySet<PartName>;
  readonly full: boolean;
  /** Compare the shares with the committed ones, or write them. */
  readonly shares: 'print' | 'check' | 'record';
  readonly viewers: readonly ViewerKind[];
  readonly rounds: number;
  /** Seconds of one series. */
  readonly seconds: number;
  readonly connections: number;
  /** How many people and posts are shown in turn. */
  readonly targets: number;
  /** Another checkout that is built; its server takes turns with this one's. */
  readonly against: string | null;
  readonly withFloor: boolean;
  /** From 0 to 1. */
  readonly noiseLimit: number;
  readonly json: string | null;
  readonly size: SeedSize;
}

export const help = `Measures what requests cost, beside the least that a server has to do (the floor).

  pnpm bench [options]

  --full             all parts, memory after 50,000 requests, an embedded database with 360,000 posts; takes about
                     half an hour
  --check            compare the shares with bench/serving/shares.json; fails if one lost more than 15 %
  --record           write the shares to that file
  --only NAMES       only these parts, separated by commas: ${partNames.join(', ')}
  --members          only pages of members, not of visitors
  --pairs N          how often each server is measured, in turn; default: 3
  --seconds N        how long a series takes, about; default: 1.5
  --connections N    connections that send requests; default: 16
  --targets N        how many people and posts are shown in turn; default: 400. Each is shown before anything counts,
                     so that caches are warm; more than caches hold measures without them
  --against DIR      another checkout, built: its server takes turns with this one
  --no-floor         leave the floor out
  --noise-limit N    percentage of the processors that other work may have; default: 10. "any": all rounds count
  --json FILE        write all figures to a file
  --people N, --posts N, --follows N
                     size of the database; default: ${usualSize.people}, ${usualSize.posts}, ${usualSize.follows}
  --help             this text

Exit codes: 0 done; 1 a fault, or a share that lost too much; 2 wrong options; 3 other work had the processors, so the
marked figures are not reliable.

The database server is that of TEST_DATABASE_URL, or a new one of the tests' own Postgres.
`;

/** @throws {Error} for options that do not exist and for values that are not valid. */
export function parseOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      full: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      only: { type: 'string' },
      members: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '1.5' },
      connections: { type: 'string', default: '16' },
      targets: { type: 'string', default: '400' },
      against: { type: 'string' },
      'no-floor': { type: 'boolean', default: false },
      'noise-limit': { type: 'string', default: '10' },
      json: { type: 'string' },
      people: { type: 'string', default: String(usualSize.people) },
      posts: { type: 'string', default: String(usualSize.posts) },
      follows: { type: 'string', default: String(usualSize.follows) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const noise = values['noise-limit'];
  return {
    parts: new Set(chosenParts(values)),
    full: values.full,
    shares: values.record ? 'record' : values.check ? 'check' : 'print',
    viewers: values.members ? ['member'] : viewers,
    rounds: positive('pairs', values.pairs),
    seconds: positive('seconds', values.seconds),
    connections: positive('connections', values.connections),
    targets: positive('targets', values.targets),
    against: values.against ?? null,
    withFloor: !values['no-floor'],
    noiseLimit: noise === 'any' ? Number.POSITIVE_INFINITY : positive('noise-limit', noise) / 100,
    json: values.json ?? null,
    size: {
      people: positive('people', values.people),
      posts: positive('posts', values.posts),
      follows: positive('follows', values.follows),
    },
  };
}

/** A check needs only the parts that have shares. */
function chosenParts({ only, full, check }: Chosen): readonly PartName[] {
  if (only !== undefined) return only.split(',').map(partNamed);
  if (full) return partNames;
  return check ? partsWithShares : usualParts;
}

interface Chosen {
  readonly only?: string;
  readonly full: boolean;
  readonly check: boolean;
}

function partNamed(name: string): PartName {
  const found = partNames.find((part) => part === name);
  if (found !== undefined) return found;
  throw new RangeError(`--only: there is no part "${name}"; there are ${partNames.join(', ')}.`);
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new RangeError(`--${option}: expected a positive number, got "${text}".`);
  return number;
}
