// `pg` is a dependency of that package, not of the workspace.

export { runStatements } from '../../packages/adapters-postgres/tests/support/administrator.ts';
export {
  createDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../../packages/adapters-postgres/tests/support/databases.ts';
export {
  copyEmbeddedDatabase,
  createMigratedDatabase,
} from '../../packages/adapters-postgres/tests/support/ready-databases.ts';
