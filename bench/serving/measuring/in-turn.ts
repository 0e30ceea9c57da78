import { type Contender, type Measuring, measure, type RowLoad, warmUp } from './measure.ts';
import type { Measurement } from './measurement.ts';

export interface Turns {
  /** How many rounds count. In each, every contender is measured once. */
  readonly rounds: number;
  /** The largest share of the processors that other work may have had in a round that counts, from 0 to 1. */
  readonly noiseLimit: number;
  /** How many rounds are repeated at most. */
  readonly repetitions: number;
}

export interface Series<Name extends string> {
  readonly measured: Readonly<Record<Name, readonly Measurement[]>>;
  /** Rounds that were repeated because other work had the processors. */
  readonly discarded: number;
  /** Whether rounds count in which other work had the processors, since the others did not suffice. */
  readonly noisy: boolean;
}

/** Decides which rounds count: the quiet ones if there are enough, else the quietest. */
export function countedRounds<Round>(
  rounds: readonly Round[],
  noiseOf: (round: Round) => number,
  { rounds: wanted, noiseLimit }: Pick<Turns, 'rounds' | 'noiseLimit'>,
): { readonly counted: readonly Round[]; readonly noisy: boolean } {
  // Without the figure, which is NaN, all rounds count.
  const isNoisy = (round: Round) => noiseOf(round) > noiseLimit;
  const quiet = rounds.filter((round) => !isNoisy(round));
  if (quiet.length >= wanted) return { counted: quiet.slice(0, wanted), noisy: false };
  const quietest = rounds.toSorted((one, other) => noiseOf(one) - noiseOf(other));
  return { counted: quietest.slice(0, wanted), noisy: true };
}

/** Measures contenders in turn: A B A B, so that what changes slowly on the machine concerns all of them. */
export async function measureInTurn(
  measuring: Measuring,
  contenders: readonly (Contender & { readonly row: RowLoad })[],
  turns: Turns,
): Promise<Series<string>> {
  const amounts = new Map<Contender, number>();
  for (const contender of contenders)
    amounts.set(contender, await warmUp(measuring, contender, contender.row));
  type Round = Readonly<Record<string, Measurement>>;
  const rounds: Round[] = [];
  const noiseOf = (round: Round) => Math.max(...Object.values(round).map(({ others }) => others));
  let chosen = countedRounds(rounds, noiseOf, turns);
  while (rounds.length < turns.rounds + turns.repetitions) {
    const round: Record<string, Measurement> = {};
    for (const contender of contenders) {
      round[contender.name] = await measure(measuring, contender, contender.row, amounts.get(contender) ?? 1);
    }
    rounds.push(round);
    chosen = countedRounds(rounds, noiseOf, turns);
    if (rounds.length >= turns.rounds && !chosen.noisy) break;
  }
  const measured = Object.fromEntries(
    contenders.map(({ name }) => [name, chosen.counted.flatMap((round) => round[name] ?? [])]),
  );
  return { measured, discarded: rounds.length - turns.rounds, noisy: chosen.noisy };
}
