import type { UserRepository } from '../ports/user-repository.ts';
import { numberedNickname } from './clean-nickname.ts';

/** How far to count before a number is drawn: each round is one statement, whatever is wanted. */
const ROUNDS = [10, 100];
const DRAWN_DIGITS = 9;

export interface FreeNicknameOptions {
  /** What the person is called now, which nobody else has: it counts as free. */
  readonly own?: string | undefined;
  /** Draws numbers at once, for those who lost races for small ones. */
  readonly draws?: boolean;
}

/**
 * For each of `wanted`, in order, a nickname that nobody has and none of the others gets: itself, or with the
 * lowest number from 2 to 100 that is free, or with one of nine digits. They keep to the rules when `wanted`
 * do. Only the insert decides: whoever loses the race for one asks again.
 */
export async function freeNicknames(
  users: Pick<UserRepository, 'takenNicknames'>,
  wanted: readonly string[],
  { own, draws = false }: FreeNicknameOptions = {},
): Promise<string[]> {
  const given = new Set<string>();
  const found: (string | undefined)[] = wanted.map(() => undefined);
  let from = 1;
  for (const to of draws ? [] : ROUNDS) {
    const open = wanted.filter((_, index) => found[index] === undefined);
    if (open.length === 0) break;
    const candidatesOf = (base: string) =>
      Array.from({ length: to - from + 1 }, (_, step) => numberedNickname(base, from + step));
    const taken = await users.takenNicknames([...new Set(open)].flatMap(candidatesOf));
    if (own !== undefined) taken.delete(own.toLowerCase());
    for (const [index, base] of wanted.entries()) {
      found[index] ??= candidatesOf(base).find((candidate) => {
        const key = candidate.toLowerCase();
        return !taken.has(key) && !given.has(key) && given.add(key);
      });
    }
    from = to + 1;
  }
  return wanted.map((base, index) => found[index] ?? numberedNickname(base, drawNumber()));
}

function drawNumber(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  const first = 10 ** (DRAWN_DIGITS - 1);
  return first + (drawn % (9 * first));
}
