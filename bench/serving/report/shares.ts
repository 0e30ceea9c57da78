import { type Measurement, totalTime } from '../measuring/measurement.ts';
import { median, spread } from './statistics.ts';

/** How near ours comes to another server: 1 is the same, more is better. */
export interface Share {
  /** Ours divided by theirs, in requests per second. */
  readonly rate: number;
  /** Theirs divided by ours, in processor time of server and database for a request. */
  readonly time: number;
  /** How far the shares by requests per second of the rounds are apart; see `spread`. */
  readonly spread: number;
}

/** The median of the shares of rounds, since both of a round were measured at nearly the same time. */
export function shareOf(ours: readonly Measurement[], theirs: readonly Measurement[]): Share {
  const rounds = ours.flatMap((own, index) => {
    const other = theirs[index];
    return other === undefined
      ? []
      : [{ rate: own.rate / other.rate, time: totalTime(other) / totalTime(own) }];
  });
  const rates = rounds.map(({ rate }) => rate);
  return { rate: median(rates), time: median(rounds.map(({ time }) => time)), spread: spread(rates) };
}
