/**
 * Statements that make the schema, where it is missing, and the table that remembers migrations. `schema` is
 * quoted. `create schema if not exists` would ask for the right to make schemas even where this one is there.
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

/** What migrations lock, so that no two run at once, is named by their schema. */
export function lockName(schema: string): string {
  return `microblog ${schema}`;
}
