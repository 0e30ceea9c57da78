import type { AskRow } from './ask-row.ts';

/** The rights of the connection's user in the schema of the storage. */
export interface DatabasePrivileges {
  readonly user: string;
  readonly schemaExists: boolean;
  readonly mayCreateSchema: boolean;
  /** Whether the user may use the schema. False if it is missing. */
  readonly mayUseSchema: boolean;
  /** Names of tables in the schema that the user may not read or may not write. */
  readonly deniedTables: readonly string[];
}

/** One query per right: in a list of rights, Postgres returns true if the user has any of them. */
export async function readPrivileges(askRow: AskRow, schema: string): Promise<DatabasePrivileges> {
  const rights = await askRow(
    `select current_user as "user",
            to_regnamespace(quote_ident(?)) is not null as exists,
            has_database_privilege(current_database(), 'create') as "mayCreateSchema"`,
    [schema],
  );
  const schemaExists = rights.exists === true;
  const mayUseSchema = schemaExists && (await mayUse(askRow, schema));
  return {
    user: String(rights.user),
    schemaExists,
    mayCreateSchema: rights.mayCreateSchema === true,
    mayUseSchema,
    deniedTables: mayUseSchema ? await deniedTables(askRow, schema) : [],
  };
}

async function mayUse(askRow: AskRow, schema: string): Promise<boolean> {
  const { usable } = await askRow(`select has_schema_privilege(quote_ident(?), 'usage') as usable`, [schema]);
  return usable === true;
}

async function deniedTables(askRow: AskRow, schema: string): Promise<string[]> {
  const { denied } = await askRow(
    `select coalesce(json_agg(relname order by relname), '[]') as denied
       from pg_class
      where relnamespace = to_regnamespace(quote_ident(?)) and relkind in ('r', 'p')
        and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
             and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))`,
    [schema],
  );
  return Array.isArray(denied) ? denied.map(String) : [];
}
