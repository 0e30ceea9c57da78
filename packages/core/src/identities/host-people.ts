import { requireAdmin, type Viewer } from '../accounts/viewer.ts';
import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { externalIdSchema, type HostProfile } from './host-profile.ts';
import { HOST_ISSUER } from './identity.ts';

/** Maps people of the host application to accounts, and back. A script passes `operator` as the viewer. */
export interface HostPeople {
  /**
   * The account of a person of the host application; null if `provision` has not created it.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`; `invalid_input`.
   */
  findProvisioned(viewer: Viewer, externalId: HostProfile['externalId']): Promise<MemberAccount | null>;
  /**
   * The host application's id of the person with this account, as a text. Null for an unknown account, and for a
   * member who is not a person of the host application.
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
      const all = await identities.listByUser(id);
      return all.find(({ issuer }) => issuer === HOST_ISSUER)?.subject ?? null;
    },
  };
}
