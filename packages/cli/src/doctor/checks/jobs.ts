import { isMicroblogError, type JobQueue, type JobStatistics } from '@microblog/core';
import { describeError } from '../../describe-error.ts';
import { counted } from '../counted.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** In seconds. Running queues start jobs in a few seconds, so a longer wait is more than a busy moment. */
const LONG_WAIT = 300;

/** Whether some process runs jobs, and whether jobs failed for good. */
export async function checkJobs(jobs: Pick<JobQueue, 'statistics'> | null): Promise<Finding[]> {
  if (jobs === null) return [];
  let statistics: JobStatistics;
  try {
    statistics = await jobs.statistics();
  } catch (error) {
    // There are no jobs yet, and the check of migrations reports it.
    if (isMicroblogError(error, 'migrations_pending')) return [];
    if (isMicroblogError(error, 'storage_unavailable')) {
      return [
        fail('jobs', 'The job queue is in the database, and was not examined.', 'Fix the database first.'),
      ];
    }
    return [fail('jobs', `The job queue can't be read: ${describeError(error)}`, 'Fix the database first.')];
  }
  return [depth(statistics), failures(statistics)];
}

function depth({ waiting, scheduled, running, oldestWaitingSeconds }: JobStatistics): Finding {
  const text = `Jobs: ${waiting} waiting, ${scheduled} for later, ${running} running.`;
  if ((oldestWaitingSeconds ?? 0) < LONG_WAIT) return ok('jobs', text);
  const minutes = Math.floor((oldestWaitingSeconds ?? 0) / 60);
  return fail(
    'jobs',
    `${text} The oldest has waited for ${minutes} minutes.`,
    'No process seems to run them: set WORKER=inline for the process that serves, or start "microblog worker".',
  );
}

function failures({ failed }: JobStatistics): Finding {
  return failed === 0
    ? ok('jobs.failed', 'No job was given up.')
    : warn('jobs.failed', `${counted(failed, 'job')} failed for good.`, 'The log has the reason of each.');
}
