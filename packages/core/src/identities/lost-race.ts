import { isMicroblogError, MicroblogError } from '../errors.ts';
import type { FreeNicknameOptions } from '../users/free-nicknames.ts';

const ATTEMPTS = 12;
/** After that many lost races for a nickname, one is drawn that nobody else will think of. */
const PATIENCE = 3;

/** Somebody else was faster: looking again shows what is there now. */
export function isLostRace(error: unknown): boolean {
  return ['nickname_taken', 'email_taken', 'identity_taken', 'id_clash'].some(
    (code) => isMicroblogError(error) && error.code === code,
  );
}

/**
 * Looks and writes until nobody else was faster. `attempt` begins from what is there at its time, and returns
 * null where what it found is gone again.
 * @throws what the last attempt threw; at once what is no lost race.
 */
export async function untilWon<Result>(
  attempt: (options: FreeNicknameOptions) => Promise<Result | null>,
): Promise<Result> {
  for (let round = 1; ; round++) {
    try {
      const result = await attempt({ draws: round > PATIENCE });
      if (result !== null) return result;
      if (round >= ATTEMPTS) throw new MicroblogError('user_not_found', 'The account comes and goes.');
    } catch (error) {
      if (round >= ATTEMPTS || !isLostRace(error)) throw error;
    }
  }
}
