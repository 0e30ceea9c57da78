/**
 * Statements that create the schema if it is missing, and the table of applied migrations. `schema` is quoted. `create
 * schema if not exists` would need the right to create schemas even if this one exists.
 */
export function makeBookkeeping(schema: string): string[] {
  return [
    `do $$ begin
      if to_regnamespace('${schema}') is null then create schema ${schema}; end if;
    end $$`,
    `create table if not exists ${schema}.migrations (
      name text not null,
      applied_at timestamptz not null default clock_timestamp(),
      constraint migrations_pkey primary key (name)
    )`,
  ];
}

/** The name of the lock that prevents two migrations of one schema at the same time. */
export function lockName(schema: string): string {
  return `microblog ${schema}`;
}
