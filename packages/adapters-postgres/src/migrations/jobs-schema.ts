/**
 * The quoted name of the schema with the tables of migration 0002: the main name plus `_jobs`. Migration 0008 moves the
 * jobs out of it. `schema` is a quoted identifier.
 */
export function jobsSchemaOf(schema: string): string {
  return `"${schema.slice(1, -1)}_jobs"`;
}
