import type { Person } from './person.ts';
import type { Role } from './role.ts';
import type { Settings } from './settings.ts';

/** What only the member and administrators may see. */
export interface Account {
  /** Unique whatever its case. Null for people whom a host application brings without one. */
  readonly email: string | null;
  /** When a link that went to `email` was followed; null until then. */
  readonly emailVerifiedAt: Date | null;
  /** A BCP 47 tag in canonical form: the language of mails and pages. Null if the member chose none. */
  readonly locale: string | null;
  readonly role: Role;
  readonly suspendedAt: Date | null;
  /** Sessions of an earlier epoch are over; see `AccountService.resumeSession`. */
  readonly sessionEpoch: number;
}

/**
 * A person with their account and settings. Services return it to the member, to administrators, and to the host
 * application that brings the person. Every one of them is a `Member`, so it can be the viewer.
 */
export interface MemberAccount extends Person, Account {
  readonly settings: Settings;
}
