import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';
import type { FreeNicknameOptions } from '../users/free-nicknames.ts';

const ATTEMPTS = 12;
/** After this many conflicts over a nickname, a random number is drawn, which no other caller will try. */
const ROUNDS_BEFORE_DRAWING = 3;

/** Another writer took the unique value first: reading again shows what is stored now. */
export function isConflict(error: unknown): boolean {
  return ['nickname_taken', 'email_taken', 'identity_taken', 'id_clash'].some(
    (code) => isMicroblogError(error) && error.code === code,
  );
}

/**
 * Repeats `attempt` while it fails with a conflict, 12 times at most. Each attempt reads afresh; it returns null if
 * what it read has been deleted meanwhile, and is then repeated too.
 * @throws the error of the last attempt; any other error than a conflict at once.
 */
export async function retryOnConflict<Result>(
  attempt: (options: FreeNicknameOptions) => Promise<Result | null>,
): Promise<Result> {
  for (let round = 1; ; round++) {
    try {
      const result = await attempt({ draws: round > ROUNDS_BEFORE_DRAWING });
      if (result !== null) return result;
      if (round >= ATTEMPTS)
        throw new MicroblogError('user_not_found', 'The account is repeatedly created and deleted.');
    } catch (error) {
      if (round >= ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}
