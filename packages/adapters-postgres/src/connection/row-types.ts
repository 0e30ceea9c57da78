import pg from 'pg';

const INT8 = 20;
const TIMESTAMPTZ = 1184;
/** boolean, bigint, integer, text, json, jsonb, timestamptz. */
const HOT_TYPES = [16, INT8, 23, 25, 114, 3802, TIMESTAMPTZ];

const ownParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: (text) => text,
  [TIMESTAMPTZ]: parseTimestamp,
};

/**
 * How values are parsed, passed with each statement: `types` for `pg`, `parsers` for PGlite. The host application may
 * have changed the global parsers of a lent pool; `pg.types.setTypeParser(20, Number)` is common and rounds ids. With
 * this, neither side affects the other.
 */
export const rowTypes = {
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      ownParsers[oid] ?? pg.types.getTypeParser(oid, format as 'text'),
  },
  parsers: ownParsers,
};

const asText = (text: string) => text;

/** As `rowTypes`, but no value is parsed: hot statements read the texts themselves. */
export const textTypes = {
  types: { getTypeParser: () => asText },
  // PGlite has a default for each type, so each type that a hot statement returns is named here.
  parsers: Object.fromEntries(HOT_TYPES.map((type) => [type, asText])),
};

/** Parses Postgres' ISO style, `2026-01-31 12:00:00.123456+05:30`. Cuts off digits after the millisecond. */
export function parseTimestamp(text: string): Date {
  const parts = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?/.exec(text);
  if (parts === null) return new Date(text);
  const [, day, time, hours, minutes = '00'] = parts;
  return new Date(`${day}T${time}${hours}:${minutes}`);
}
