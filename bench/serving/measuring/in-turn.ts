import { type Contender, type Measuring, measure, type RowLoad, warmUp } from './measure.ts';
import type { Measured } from './measured.ts';
import type { Measurement } from './measurement.ts';

export interface Turns {
  /** How many rounds count. In each, every contender is measured once. */
  readonly rounds: number;
  /** The largest share of the processors that other work may have in a round that counts, from 0 to 1. */
  readonly noiseLimit: number;
}

/** How many rounds are repeated at most, for each that counts. */
const REPETITIONS = 1;

/** Decides which rounds count: the first quiet ones if there are enough, else the quietest. */
export function countedRounds<Round>(
  rounds: readonly Round[],
  noiseOf: (round: Round) => number,
  { rounds: wanted, noiseLimit }: Turns,
): { readonly counted: readonly Round[]; readonly noisy: boolean } {
  // Without the figure, which is NaN, all rounds count.
  const quiet = rounds.filter((round) => !(noiseOf(round) > noiseLimit));
  if (quiet.length >= wanted) return { counted: quiet.slice(0, wanted), noisy: false };
  const quietest = rounds.toSorted((one, other) => noiseOf(one) - noiseOf(other));
  return { counted: quietest.slice(0, wanted), noisy: true };
}

/** Measures contenders in turn, A B A B: what changes slowly on the machine then concerns all of them. */
export async function measureInTurn(
  measuring: Measuring,
  contenders: readonly (Contender & { readonly row: RowLoad })[],
  turns: Turns,
): Promise<Measured> {
  const amounts = new Map<Contender, number>();
  for (const contender of contenders) {
    amounts.set(contender, await warmUp(measuring, contender, contender.row));
  }
  type Round = Readonly<Record<string, Measurement>>;
  const rounds: Round[] = [];
  const noiseOf = (round: Round) => Math.max(...Object.values(round).map(({ others }) => others));
  let chosen = countedRounds(rounds, noiseOf, turns);
  while (chosen.noisy && rounds.length < turns.rounds * (1 + REPETITIONS)) {
    const round: Record<string, Measurement> = {};
    for (const contender of contenders) {
      const amount = amounts.get(contender) ?? 1;
      round[contender.name] = await measure(measuring, contender, contender.row, amount);
    }
    rounds.push(round);
    chosen = countedRounds(rounds, noiseOf, turns);
  }
  const series = Object.fromEntries(
    contenders.map(({ name }) => [name, chosen.counted.flatMap((round) => round[name] ?? [])]),
  );
  return { series, discarded: rounds.length - turns.rounds, noisy: chosen.noisy };
}
