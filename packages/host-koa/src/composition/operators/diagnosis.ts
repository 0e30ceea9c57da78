import { type DatabaseDiagnosis, databaseDiagnosis } from '@microblog/adapters-postgres';
import type { JobQueue, SearchIndex } from '@microblog/core';
import type { Application } from '../application.ts';

/** What a check of the parts behind the pages looks at. Nothing here changes anything. */
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
