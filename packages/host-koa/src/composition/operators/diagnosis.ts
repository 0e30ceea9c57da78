import { type DatabaseDiagnosis, databaseDiagnosis } from '@microblog/adapters-postgres';
import type { JobQueue, SearchIndex } from '@microblog/core';
import type { Application } from '../application.ts';

/** The parts that checks examine, behind the pages. Checks change nothing. */
export interface Diagnosis {
  readonly database: DatabaseDiagnosis;
  readonly jobs: Pick<JobQueue, 'statistics'>;
  readonly search: Pick<SearchIndex, 'enabled' | 'search' | 'status'>;
}

export function diagnosisOf({
  storage,
  jobs,
  search,
}: Pick<Application, 'storage' | 'jobs' | 'search'>): Diagnosis {
  return { database: databaseDiagnosis(storage), jobs, search };
}
