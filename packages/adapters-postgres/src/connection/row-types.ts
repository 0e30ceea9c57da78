import pg from 'pg';

const INT8 = 20;
const TIMESTAMPTZ = 1184;

const ownParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: (text) => text,
  [TIMESTAMPTZ]: parseTimestamp,
};

/**
 * How values are read, given along with each statement: `types` for `pg`, `parsers` for PGlite. An application
 * whose pool is lent may have set parsers of its own for everybody (`pg.types.setTypeParser(20, Number)` is
 * common, and rounds ids); neither side sees the other's.
 */
export const rowTypes = {
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      ownParsers[oid] ?? pg.types.getTypeParser(oid, format as 'text'),
  },
  parsers: ownParsers,
};

/** Reads Postgres' ISO style, `2026-01-31 12:00:00.123456+05:30`; what is finer than a millisecond is cut off. */
export function parseTimestamp(text: string): Date {
  const parts = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?/.exec(text);
  if (parts === null) return new Date(text);
  const [, day, time, hours, minutes = '00'] = parts;
  return new Date(`${day}T${time}${hours}:${minutes}`);
}
