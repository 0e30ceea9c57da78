import type { Session } from './databases.ts';

/**
 * All objects in the matching schemas, one line each, sorted: columns, constraints, indexes, functions, triggers and
 * types, without owners and rights. Equal lists mean equal structures.
 */
export async function catalogueOf({ query }: Pick<Session, 'query'>, schemas: string): Promise<string[]> {
  const wanted = `select oid from pg_namespace where nspname ${schemas}
    and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%'
    and nspname not like 'pg_temp%'`;
  const rows = await query(`
    select 'schema ' || nspname as line from pg_namespace where oid in (${wanted})
    union all
    select format('%s %s %s', relkind, oid::regclass, coalesce(reloptions::text, '')) from pg_class
     where relnamespace in (${wanted})
    union all
    select format('column %s.%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod),
                  attnotnull, (select pg_get_expr(adbin, adrelid) from pg_attrdef
                                where adrelid = attrelid and adnum = attnum))
           || (select coalesce(' ' || collname, '') from pg_collation where pg_collation.oid = attcollation)
      from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace in (${wanted}) and attnum > 0 and not attisdropped
    union all
    select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace in (${wanted})
    union all
    select 'index ' || indexdef from pg_indexes where (quote_ident(schemaname))::regnamespace in (${wanted})
    union all
    select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace in (${wanted}) and prokind = 'f'
    union all
    select 'trigger ' || pg_get_triggerdef(pg_trigger.oid) from pg_trigger join pg_class on pg_class.oid = tgrelid
     where relnamespace in (${wanted}) and not tgisinternal
    union all
    select format('type %s %s', pg_type.oid::regtype, (select string_agg(enumlabel, ',' order by enumsortorder)
                                                  from pg_enum where enumtypid = pg_type.oid))
      from pg_type where typnamespace in (${wanted}) and typtype in ('e', 'd')
    order by 1`);
  return rows.flatMap(({ line }) => (typeof line === 'string' ? [line] : []));
}
