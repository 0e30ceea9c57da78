import type { Measured } from '../measuring/measured.ts';
import { type Measurement, totalTime } from '../measuring/measurement.ts';
import { median, spread } from './statistics.ts';

/** How near one comes to another: 1 is as fast, more is faster. */
export interface Share {
  /** One's requests per second, divided by the other's. */
  readonly rate: number;
  /** The other's processor time for a request, of server and database, divided by one's. NaN if it is not known. */
  readonly time: number;
}

/** The median of the shares of all rounds, since both of a round were measured one after the other. */
export function shareOf(one: readonly Measurement[], other: readonly Measurement[]): Share {
  const rounds = sharesOfRounds(one, other);
  return { rate: median(rounds.map(({ rate }) => rate)), time: median(rounds.map(({ time }) => time)) };
}

/** How far apart the shares by requests per second of the rounds are; see `spread`. */
export function shareSpread(one: readonly Measurement[], other: readonly Measurement[]): number {
  return spread(sharesOfRounds(one, other).map(({ rate }) => rate));
}

function sharesOfRounds(one: readonly Measurement[], other: readonly Measurement[]): Share[] {
  return one.flatMap((own, index) => {
    const theirs = other[index];
    if (theirs === undefined) return [];
    return [{ rate: own.rate / theirs.rate, time: totalTime(theirs) / totalTime(own) }];
  });
}

/** The shares of a run by row. Shares, unlike figures, mean the same on every machine. */
export type Shares = Readonly<Record<string, Share>>;

interface Rows {
  readonly pairs: readonly { readonly name: string; readonly measured: Measured }[];
  readonly compared: readonly { readonly measured: Measured }[];
}

/** Pages as shares of the floor; other requests as shares of the first ones of their table. */
export function sharesOf({ pairs, compared }: Rows): Shares {
  const ofFloor = pairs.flatMap(({ name, measured: { series } }) =>
    series.ours === undefined || series.floor === undefined
      ? []
      : [[name, shareOf(series.ours, series.floor)] as const],
  );
  const ofFirst = compared.flatMap(({ measured: { series } }) => {
    const [first, ...others] = Object.entries(series);
    return first === undefined ? [] : others.map(([name, each]) => [name, shareOf(each, first[1])] as const);
  });
  return Object.fromEntries([...ofFloor, ...ofFirst]);
}

/** The largest loss that passes, as a part of the committed share. */
const TOLERATED_LOSS = 0.15;

/** One line for each share that lost too much. A row that is missing on either side is not compared. */
export function lostShares(committed: Shares, measured: Shares): string[] {
  return Object.entries(measured).flatMap(([name, now]) => {
    const before = committed[name];
    if (before === undefined) return [];
    const figures = { rate: 'by requests per second', time: 'by processor time' } as const;
    return (['rate', 'time'] as const)
      .filter((figure) => now[figure] < before[figure] * (1 - TOLERATED_LOSS))
      .map((figure) => {
        const loss = Math.round((1 - now[figure] / before[figure]) * 100);
        const shares = `${before[figure].toFixed(3)} before, ${now[figure].toFixed(3)} now`;
        return `${name}: the share ${figures[figure]} lost ${loss} % (${shares}).`;
      });
  });
}
