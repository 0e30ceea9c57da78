import type { UserRepository } from '../ports/user-repository.ts';
import { numberedNickname } from './clean-nickname.ts';
import type { IsReserved } from './reserved-nicknames.ts';

/** The last number that each round tries. A round is one statement, however many nicknames are wanted. */
const ROUNDS = [10, 100];
const DRAWN_DIGITS = 9;

export interface FreeNicknameOptions {
  /** The person's current nickname: it counts as free. */
  readonly own?: string | undefined;
  /** Draws random numbers at once. For callers that lost several conflicts over small numbers. */
  readonly draws?: boolean;
  /** Nicknames that count as taken. Default: none. */
  readonly isReserved?: IsReserved | undefined;
}

/**
 * Returns a free nickname for each of `wanted`, in order, all different: the wanted one, or with the lowest free number
 * from 2 to 100, or with a random number of nine digits. They are valid if `wanted` are. A nickname is not reserved:
 * the insert may still conflict, and the caller then asks again.
 */
export async function freeNicknames(
  users: Pick<UserRepository, 'takenNicknames'>,
  wanted: readonly string[],
  { own, draws = false, isReserved = () => false }: FreeNicknameOptions = {},
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
        return !taken.has(key) && !isReserved(key) && !given.has(key) && given.add(key);
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
