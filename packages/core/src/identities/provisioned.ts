import type { FieldProblem, MicroblogError } from '../kernel/errors.ts';
import type { MemberAccount } from '../users/account.ts';

/** What became of one profile. */
export interface Provisioned {
  /** With the account: the host application may make the person the viewer of a request. */
  readonly user: MemberAccount;
  /** `created` at first sight, `updated` where the host said something new, else `unchanged`. */
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /**
   * What this time could not be taken, each with the reason: `taken` for an e-mail address of another account.
   * The account is without it.
   */
  readonly leftOut: readonly FieldProblem[];
}

/** The same in a batch, in which one profile's failure is not the others'. */
export type ProvisioningReport =
  | (Provisioned & { readonly externalId: string })
  | {
      readonly outcome: 'failed';
      /** Null where the profile has none that can be read. */
      readonly externalId: string | null;
      readonly error: MicroblogError<string>;
    };
