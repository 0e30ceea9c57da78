import type { ArchiveStorage, Microblog } from '@microblog/core';
import type { Application } from '../application.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { type Migrations, migrationsOf } from './migrations.ts';
import { type SampleContents, sampleContents } from './sample-content.ts';
import { type SearchAdministration, searchAdministration } from './search-administration.ts';

/**
 * What commands work with. They get services and never the storage, so that a command runs in a process of its
 * own and in the process that serves an embedded database alike.
 */
export interface OperatorServices extends Pick<Microblog, 'accounts' | 'users'> {
  readonly migrations: Migrations;
  /** The content as a whole. After a load, the search index is built anew. */
  readonly archives: ArchiveStorage;
  readonly searchIndex: SearchAdministration;
  readonly sampleContent: SampleContents;
  readonly diagnosis: Diagnosis;
}

/** The services of an open application. It stays the caller's to close. */
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
