import { accountTokenCases } from './account-tokens-cases.ts';
import type { StorageContractCase } from './contract-case.ts';
import { credentialCases } from './credentials-cases.ts';
import { followCases } from './follows-cases.ts';
import { identityCases } from './identities-cases.ts';
import { pageCases } from './page-cases.ts';
import { postCases } from './posts-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { translationCases } from './translations-cases.ts';
import { userCases } from './users-cases.ts';

/**
 * What every `Storage` does, one behaviour a case, in an order that does not matter. In any test runner:
 * `for (const { name, run } of storageContract) it(name, () => run(openFreshStorage))`.
 */
export const storageContract: readonly StorageContractCase[] = [
  ...userCases,
  ...postCases,
  ...followCases,
  ...credentialCases,
  ...accountTokenCases,
  ...identityCases,
  ...translationCases,
  ...transactionCases,
  ...pageCases,
];
