import type { Person } from './person.ts';
import type { Role } from './role.ts';
import type { Settings } from './settings.ts';

/** What only the member and administrators may see. */
export interface Account {
  /** Unique, ignoring case. Null if a host application provisioned the person without an address. */
  readonly email: string | null;
  /** When the owner opened a link that was mailed to `email`; null until then. */
  readonly emailVerifiedAt: Date | null;
  /** A BCP 47 tag in canonical form: the language of mails and pages. Null if the member chose none. */
  readonly locale: string | null;
  readonly role: Role;
  readonly suspendedAt: Date | null;
  /** Sessions with a lower epoch are invalid; see `AccountService.resumeSession`. */
  readonly sessionEpoch: number;
}

/**
 * A person with their account and settings. Services return it to the member, to administrators, and to the host
 * application that provisioned the person. It is a `Member`, so it can be the viewer.
 */
export interface MemberAccount extends Person, Account {
  readonly settings: Settings;
}
