import type { Area, AreaNeeds } from '../area.ts';
import { reservedNicknames } from '../users/reserved-nicknames.ts';
import { accountMails } from './account-mails.ts';
import { type AccountService, accountService } from './account-service.ts';

/** Accounts: registration, sign-in, passwords, addresses, identities, roles; and the mails about them. */
export function accountsArea(needs: AreaNeeds): Area<AccountService> {
  const mails = accountMails(needs);
  const { registration, postsPerPage: usersPerPage } = needs.options;
  const isReserved = reservedNicknames(needs.options.reservedNicknames);
  return {
    service: accountService({ ...needs, mails }, { registration, usersPerPage, isReserved }),
    jobs: mails.handlers,
  };
}
