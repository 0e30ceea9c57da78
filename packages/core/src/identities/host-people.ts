import { requireAdmin, type Viewer } from '../accounts/viewer.ts';
import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { externalIdSchema, type HostProfile } from './host-profile.ts';
import { HOST_ISSUER } from './identity.ts';

/** From people of the host application to accounts here, and back. For `operator`, where a program asks. */
export interface HostPeople {
  /**
   * The account of somebody whom the host application knows; null where there is none, which `provision` makes.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`; `invalid_input`.
   */
  findProvisioned(viewer: Viewer, externalId: HostProfile['externalId']): Promise<MemberAccount | null>;
  /**
   * By what the host application knows whose account this is, as a text; null where it is none of its people's,
   * and where there is no such account.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`.
   */
  externalIdOf(viewer: Viewer, userId: string): Promise<string | null>;
}

export interface HostPeopleNeeds {
  readonly storage: Pick<Storage, 'identities'>;
  readonly present: UserPresenter;
}

export function hostPeople({ storage: { identities }, present }: HostPeopleNeeds): HostPeople {
  return {
    async findProvisioned(viewer, externalId) {
      requireAdmin(viewer);
      const found = await identities.find(HOST_ISSUER, parseInput(externalIdSchema, externalId));
      return found === null ? null : present.account(found.user);
    },
    async externalIdOf(viewer, userId) {
      requireAdmin(viewer);
      const id = parseId<UserId>(userId);
      if (id === null) return null;
      const known = await identities.listByUser(id);
      return known.find(({ issuer }) => issuer === HOST_ISSUER)?.subject ?? null;
    },
  };
}
