import { type Finding, fail, ok } from '../../finding.ts';
import type { ReachedDatabase } from './database.ts';

/** Whether the connection's user has the rights that serving and migrating need. */
export async function checkPrivileges({ diagnosis }: ReachedDatabase): Promise<Finding> {
  const { schema } = diagnosis;
  const { user, schemaExists, mayCreateSchema, mayUseSchema, deniedTables } = await diagnosis.privileges();
  const remedy = (grant: string) => `Let the owner of the database run: ${grant}`;
  if (!schemaExists) {
    return mayCreateSchema
      ? ok('database.privileges', `${user} may make the schema ${schema}.`)
      : fail(
          'database.privileges',
          `${user} may not make the schema ${schema}, which is missing.`,
          remedy(`create schema "${schema}" authorization "${user}"`),
        );
  }
  if (!mayUseSchema) {
    return fail(
      'database.privileges',
      `${user} may not use the schema ${schema}.`,
      remedy(`grant usage, create on schema "${schema}" to "${user}"`),
    );
  }
  if (deniedTables.length > 0) {
    return fail(
      'database.privileges',
      `${user} may not read and write ${deniedTables.join(', ')}.`,
      remedy(`grant select, insert, update, delete on all tables in schema "${schema}" to "${user}"`),
    );
  }
  return ok('database.privileges', `${user} may read and write everything in the schema ${schema}.`);
}
