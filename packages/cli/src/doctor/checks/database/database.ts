import type { Config, DatabaseDiagnosis } from '@microblog/host-koa/composition';

/** The database that the checks examine. */
export interface ReachedDatabase {
  readonly diagnosis: DatabaseDiagnosis;
  readonly config: Pick<Config, 'database' | 'profile'>;
}

/** The configured address of a server. */
export type ServerSettings = Extract<Config['database'], { kind: 'server' }>;
