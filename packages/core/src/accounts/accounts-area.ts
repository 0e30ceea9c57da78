import type { Area, AreaNeeds } from '../area.ts';
import { accountMails } from './account-mails.ts';
import { type AccountService, accountService } from './account-service.ts';

/** Accounts: registration, sign-in, passwords, addresses, identities, roles; and the mails about them. */
export function accountsArea(needs: AreaNeeds): Area<AccountService> {
  const mails = accountMails(needs);
  return { service: accountService({ ...needs, mails }, needs.options), jobs: mails.handlers };
}
