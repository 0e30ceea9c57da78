import { type Microblog, operator } from '@microblog/core';
import type { Pool } from 'pg';
import { blogProfile, type Customer } from './shop.ts';

/** Makes accounts for all customers before their first visit. Returns the reasons for customers without one. */
export async function importCustomers(pool: Pool, { users }: Microblog): Promise<string[]> {
  const { rows } = await pool.query<Customer>('select * from shop.customers order by id');
  const reports = await users.provision(
    operator,
    rows.flatMap((customer) => blogProfile(customer) ?? []),
  );
  return reports.flatMap((report) =>
    report.outcome === 'failed' ? [`${report.externalId}: ${report.error.message}`] : [],
  );
}
