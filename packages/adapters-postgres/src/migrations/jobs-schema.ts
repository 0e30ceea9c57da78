/**
 * The schema that holds the tables of migration 0002, quoted: of the same name with `_jobs` behind it. Migration
 * 0008 moves the jobs out of it. `schema` is a quoted identifier.
 */
export function jobsSchemaOf(schema: string): string {
  return `"${schema.slice(1, -1)}_jobs"`;
}
