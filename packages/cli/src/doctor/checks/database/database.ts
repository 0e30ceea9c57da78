import type { Config, DatabaseDiagnosis } from '@microblog/host-koa/composition';

/** What the checks of the database look at. */
export interface ReachedDatabase {
  readonly diagnosis: DatabaseDiagnosis;
  readonly config: Pick<Config, 'database' | 'profile'>;
}

/** The address of a server, as configured. */
export type ServerSettings = Extract<Config['database'], { kind: 'server' }>;
