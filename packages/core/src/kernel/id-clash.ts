import { isMicroblogError } from './errors.ts';

const ATTEMPTS = 5;

/**
 * Runs `write`, which makes a new id each time, again when its id was in use. With ids of 16 random bits a
 * millisecond, five clashes in a row mean that the id generator repeats itself; the last error then passes.
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
