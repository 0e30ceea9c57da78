import type { Repositories } from '../../ports/storage.ts';
import { accountTokenCases, accountTokenSamples } from './account-tokens-cases.ts';
import type { StorageContractCase } from './contract-case.ts';
import { credentialCases, credentialSamples } from './credentials-cases.ts';
import { followCases, followSamples } from './follows-cases.ts';
import { identityCases, identitySamples } from './identities-cases.ts';
import { pageCases } from './page-cases.ts';
import { postCases, postSamples } from './posts-cases.ts';
import { readingCases } from './reading-cases.ts';
import type { RepositorySamples } from './repository-samples.ts';
import { transactionCases } from './transaction-cases.ts';
import { translationCases, translationSamples } from './translations-cases.ts';
import { userCases } from './users-cases.ts';
import { userSamples } from './users-samples.ts';
import { writeCases } from './write-cases.ts';

/** The contract of each repository: its cases, and a call of each of its methods. */
export type RepositoryContracts = {
  readonly [Name in keyof Repositories]: {
    readonly cases: readonly StorageContractCase[];
    readonly samples: RepositorySamples<Name>;
  };
};

/** Does not compile if a repository has no cases, or if a method has no call. */
export const repositoryContracts: RepositoryContracts = {
  users: { cases: userCases, samples: userSamples },
  posts: { cases: postCases, samples: postSamples },
  follows: { cases: followCases, samples: followSamples },
  credentials: { cases: credentialCases, samples: credentialSamples },
  accountTokens: { cases: accountTokenCases, samples: accountTokenSamples },
  identities: { cases: identityCases, samples: identitySamples },
  translations: { cases: translationCases, samples: translationSamples },
};

/**
 * The behaviours of every `Storage`, one a case, in any order. In any test runner: `for (const { name, run } of
 * storageContract) it(name, () => run(openFreshStorage))`.
 */
export const storageContract: readonly StorageContractCase[] = [
  ...Object.values(repositoryContracts).flatMap(({ cases }) => cases),
  ...Object.entries(repositoryContracts).flatMap(([name, { samples }]) => writeCases(name, samples)),
  ...readingCases,
  ...transactionCases,
  ...pageCases,
];
