import { type Finding, fail, ok } from '../../finding.ts';
import { askRow, type ReachedDatabase } from './database.ts';

/** Whether the user of the connection may do what serving and migrating do. */
export async function checkPrivileges(database: ReachedDatabase): Promise<Finding> {
  const { schema } = database.storage;
  const rights = await askRow(
    database,
    `select current_user as "user", current_database() as "database",
            to_regnamespace(quote_ident(?)) is not null as exists,
            has_database_privilege(current_database(), 'create') as "mayCreateSchema"`,
    [schema],
  );
  const user = String(rights.user);
  const remedy = (grant: string) => `Let the owner of the database run: ${grant}`;
  if (rights.exists !== true) {
    return rights.mayCreateSchema === true
      ? ok('database.privileges', `${user} may make the schema ${schema}.`)
      : fail(
          'database.privileges',
          `${user} may not make the schema ${schema}, which is missing.`,
          remedy(`create schema "${schema}" authorization "${user}"`),
        );
  }
  const denied = await deniedTables(database);
  if (denied === null) {
    return fail(
      'database.privileges',
      `${user} may not use the schema ${schema}.`,
      remedy(`grant usage, create on schema "${schema}" to "${user}"`),
    );
  }
  if (denied.length > 0) {
    return fail(
      'database.privileges',
      `${user} may not read and write ${denied.join(', ')}.`,
      remedy(`grant select, insert, update, delete on all tables in schema "${schema}" to "${user}"`),
    );
  }
  return ok('database.privileges', `${user} may read and write everything in the schema ${schema}.`);
}

/** Null where not even the schema may be used. */
async function deniedTables(database: ReachedDatabase): Promise<string[] | null> {
  const { schema } = database.storage;
  const { usable } = await askRow(
    database,
    `select has_schema_privilege(quote_ident(?), 'usage') as usable`,
    [schema],
  );
  if (usable !== true) return null;
  // One right after another: a list of rights asks for any of them.
  const { denied } = await askRow(
    database,
    `select coalesce(json_agg(relname order by relname), '[]') as denied
       from pg_class
      where relnamespace = to_regnamespace(quote_ident(?)) and relkind in ('r', 'p')
        and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
             and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))`,
    [schema],
  );
  return Array.isArray(denied) ? denied.map(String) : [];
}
