// `pg` is a dependency of that package, not of the workspace.
export {
  createDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../../packages/adapters-postgres/tests/support/databases.ts';
