import { jobKeepingCases } from './job-keeping-cases.ts';
import type { JobQueueContractCase } from './job-queue-case.ts';
import { jobRetryCases } from './job-retry-cases.ts';
import { jobRunningCases } from './job-running-cases.ts';
import { jobStoppingCases } from './job-stopping-cases.ts';

/** The behaviours of every `JobQueue`, one a case. Run them like `storageContract`. */
export const jobQueueContract: readonly JobQueueContractCase[] = [
  ...jobKeepingCases,
  ...jobRunningCases,
  ...jobRetryCases,
  ...jobStoppingCases,
];
