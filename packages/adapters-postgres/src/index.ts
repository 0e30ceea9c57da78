export type { PoolStatistics } from './connection/pool-statistics.ts';
export type { StatementLimit } from './connection/statement-limit.ts';
export type { Statement } from './connection/statements.ts';
export { type DatabaseDiagnosis, databaseDiagnosis } from './diagnosis/database-diagnosis.ts';
export type { DatabasePrivileges } from './diagnosis/database-privileges.ts';
export { requireWritable } from './diagnosis/require-writable.ts';
export { type EmbeddedStorageOptions, embeddedStorage } from './embedded/embedded-storage.ts';
export { holdsDatabase, prepareDirectory } from './embedded/storage-directory.ts';
export { type PostgresJobQueueOptions, postgresJobQueue } from './jobs/postgres-job-queue.ts';
export {
  type MigrateOptions,
  migrate,
  migrationStatus,
  rollback,
  type StatusOptions,
} from './migrations/migrate.ts';
export {
  type MigrationScriptOptions,
  migrationNames,
  migrationScript,
} from './migrations/migration-script.ts';
export type { MigrationStatus } from './migrations/runner.ts';
export {
  type LentKnex,
  type LentPGlite,
  type LentPool,
  type PoolOptions,
  type PostgresStorage,
  type PostgresStorageOptions,
  postgresStorage,
  type ServerConnection,
  type SharedOptions,
} from './postgres-storage.ts';
export { storageError } from './storage-errors.ts';
