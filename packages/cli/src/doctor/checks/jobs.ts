import { isMicroblogError, type JobQueue, type JobStatistics } from '@microblog/core';
import { describeError } from '../../describe-error.ts';
import { counted } from '../counted.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** Seconds after which waiting is no longer a busy moment: jobs begin within seconds where anybody runs them. */
const LONG_WAIT = 300;

/** Whether jobs are run, and what became of them. */
export async function checkJobs(jobs: Pick<JobQueue, 'statistics'> | null): Promise<Finding[]> {
  if (jobs === null) return [];
  let statistics: JobStatistics;
  try {
    statistics = await jobs.statistics();
  } catch (error) {
    // The check of migrations says so; there are no jobs yet.
    if (isMicroblogError(error, 'migrations_pending')) return [];
    if (isMicroblogError(error, 'storage_unavailable')) {
      return [
        fail(
          'jobs',
          'The job queue lies in the database, and was not looked into.',
          'Mend the database first.',
        ),
      ];
    }
    return [fail('jobs', `The job queue can't be read: ${describeError(error)}`, 'Mend the database first.')];
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
    'Nobody seems to run them: set WORKER=inline where the pages are served, or start "microblog worker".',
  );
}

function failures({ failed }: JobStatistics): Finding {
  return failed === 0
    ? ok('jobs.failed', 'No job was given up.')
    : warn('jobs.failed', `${counted(failed, 'job')} failed for good.`, 'The log has the reason of each.');
}
