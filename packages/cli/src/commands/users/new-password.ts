import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { CommandTerminal } from '@microblog/host-koa/composition';

/** Reads a password from standard input, or makes one: 96 random bits, in characters that every keyboard has. */
export async function newPassword(
  { stdin }: Pick<CommandTerminal, 'stdin'>,
  { passwordStdin }: { readonly passwordStdin?: true },
): Promise<{ readonly password: string; readonly isMade: boolean }> {
  if (passwordStdin) return { password: (await text(stdin.read())).replace(/\r?\n$/, ''), isMade: false };
  return { password: randomBytes(12).toString('base64url'), isMade: true };
}
