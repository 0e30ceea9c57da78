import { isMicroblogError } from './errors.ts';

const ATTEMPTS = 5;

/**
 * Runs `write`, which makes a new id each time, and retries if the id was in use. Ids have 16 random bits a
 * millisecond, so five clashes in a row mean that the id generator repeats itself. The last error is then thrown.
 */
export async function retryOnIdClash<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === ATTEMPTS || !isMicroblogError(error, 'id_clash')) throw error;
    }
  }
}
