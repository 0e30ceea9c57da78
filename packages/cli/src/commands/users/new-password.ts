import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Terminal } from '../../terminal.ts';

/** A password from standard input, or one that is made: 96 bits, of characters that anybody can type. */
export async function newPassword(
  { stdin }: Pick<Terminal, 'stdin'>,
  { passwordStdin }: { readonly passwordStdin?: true },
): Promise<{ readonly password: string; readonly isMade: boolean }> {
  if (passwordStdin) return { password: (await text(stdin)).replace(/\r?\n$/, ''), isMade: false };
  return { password: randomBytes(12).toString('base64url'), isMade: true };
}
