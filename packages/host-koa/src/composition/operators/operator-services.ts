import type { ArchiveStorage, Microblog } from '@microblog/core';
import type { Application } from '../application.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { type Migrations, migrationsOf } from './migrations.ts';
import { type SampleContents, sampleContents } from './sample-content.ts';
import { type SearchAdministration, searchAdministration } from './search-administration.ts';

/**
 * The services that commands use, but not the storage. So a command runs equally in its own process and in the process
 * that serves an embedded database.
 */
export interface OperatorServices extends Pick<Microblog, 'accounts' | 'users'> {
  readonly migrations: Migrations;
  /** The whole content. After a load, the search index is rebuilt. */
  readonly archives: ArchiveStorage;
  readonly searchIndex: SearchAdministration;
  readonly sampleContent: SampleContents;
  readonly diagnosis: Diagnosis;
}

/** The services of an open application. The caller still has to close the application. */
export function operatorServices(application: Application): OperatorServices {
  const { storage, archive, microblog, search, passwordHasher, logger } = application;
  return {
    accounts: microblog.accounts,
    users: microblog.users,
    migrations: migrationsOf(storage),
    archives: archive,
    searchIndex: searchAdministration({ storage, search: microblog.search }),
    sampleContent: sampleContents({ storage, passwordHasher, search, logger }),
    diagnosis: diagnosisOf(application),
  };
}
