import { accountTokenCases } from './account-token-cases.ts';
import type { StorageContractCase } from './contract-case.ts';
import { credentialCases } from './credential-cases.ts';
import { followCases } from './follow-cases.ts';
import { identityCases } from './identity-cases.ts';
import { pageCases } from './page-cases.ts';
import { postCases } from './post-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { translationCases } from './translation-cases.ts';
import { userCases } from './user-cases.ts';

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
