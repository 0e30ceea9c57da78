import type { FieldProblem, MicroblogError } from '../kernel/errors.ts';
import type { MemberAccount } from '../users/account.ts';

/** The result of provisioning one profile. */
export interface Provisioned {
  /** With the account, so that the host application can use it as the viewer of a request. */
  readonly user: MemberAccount;
  /** `created` for a new person, `updated` if the profile changed, else `unchanged`. */
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /**
   * The fields that could not be used this time, with the reason: `taken` for an e-mail address of another account.
   * The account does not have them.
   */
  readonly leftOut: readonly FieldProblem[];
}

/** The result for one profile of a batch. A failure does not affect the other profiles. */
export type ProvisioningReport =
  | (Provisioned & { readonly externalId: string })
  | {
      readonly outcome: 'failed';
      /** Null if the profile has no valid id. */
      readonly externalId: string | null;
      readonly error: MicroblogError<string>;
    };
