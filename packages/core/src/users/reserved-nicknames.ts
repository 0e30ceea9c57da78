import { z } from 'zod';
import type { MicroblogError } from '../kernel/errors.ts';
import { invalidInput } from '../kernel/input.ts';
import { nicknameSchema } from './nickname.ts';

const listed = (names: string): readonly string[] => names.trim().split(/\s+/);

/**
 * Names that readers take for the people who run a site, for all people, for nobody, or for a part of the site. RFC 2142
 * lists the mailboxes; the rest are the addresses of pages.
 */
export const usualReservedNicknames: readonly string[] = listed(`
  abuse admin administration administrator administrators admins contact help helpdesk hostmaster info legal microblog
  mod moderation moderator moderators mods noreply official operator postmaster privacy root security staff
  superuser support sysadmin system webmaster
  all anonymous deleted everybody everyone null undefined
  about account accounts api assets bookmarks edit embed explore favourites feed healthz home language login logout
  messages metrics notifications oembed posts readyz register requests rules search settings signin signout signup tags
  terms theme timeline unsubscribe user users
`);

export const reservedNicknamesSchema = z.array(nicknameSchema, 'a list of nicknames').readonly().optional();

/** Whether a nickname is reserved. */
export type IsReserved = (nickname: string) => boolean;

/** Compares names without case, full stops and underscores: `Ad.min_` is `admin`. */
export function reservedNicknames(names: readonly string[] = usualReservedNicknames): IsReserved {
  const reserved = new Set(names.map(folded));
  return (nickname) => reserved.has(folded(nickname));
}

export function nicknameReserved(): MicroblogError<'invalid_input'> {
  return invalidInput([{ field: 'nickname', problem: 'nickname_reserved', params: {} }]);
}

function folded(nickname: string): string {
  return nickname.toLowerCase().replace(/[._]/g, '');
}
