// Both are packages of the workspace, not dependencies of its root.
export {
  embeddedStorage,
  type PostgresStorage,
  postgresStorage,
} from '../../packages/adapters-postgres/src/index.ts';
export { archiveKinds } from '../../packages/core/src/index.ts';
