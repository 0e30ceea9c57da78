import type { HostProfile } from '@microblog/core';
import express from 'express';
import session from 'express-session';
import type { Pool } from 'pg';

export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
}

declare module 'express-session' {
  interface SessionData {
    customerId: number;
  }
}

declare module 'http' {
  interface IncomingMessage {
    /** The user who is signed in at the shop. */
    customer?: Customer | undefined;
  }
}

/** The profile of a customer for the microblog; null: a visitor. */
export function blogProfile(customer: Customer | undefined): HostProfile | null {
  if (customer === undefined) return null;
  return { externalId: customer.id, nickname: customer.name, email: customer.email };
}

const TABLES = `
  create schema if not exists shop;
  create table if not exists shop.customers (
    id serial primary key, name text unique not null, email text, points int not null default 0);
  create table if not exists shop.orders (
    customer_id int references shop.customers on delete cascade,
    item text not null check (item <> 'unicorn'));`;

/** The shop before it had a microblog: customers, sessions, pages. Passwords are left out here. */
export async function openShop(pool: Pool, secretKey: string) {
  await pool.query(TABLES);
  const customers = express.Router();
  customers.use(
    session({ secret: secretKey, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }),
  );
  customers.use(async (request, _response, next) => {
    const { customerId } = request.session;
    if (customerId !== undefined) {
      const { rows } = await pool.query<Customer>('select * from shop.customers where id = $1', [customerId]);
      request.customer = rows[0];
    }
    next();
  });

  const pages = express.Router();
  pages.use(express.urlencoded({ extended: false }));
  pages.get('/', (_request, response) => void response.send(page('Buy', '/orders', 'item')));
  pages.get('/login', ({ query }, response) => {
    response.send(page('Sign in', `/login?next=${encodeURIComponent(String(query.next ?? '/'))}`, 'name'));
  });
  pages.post('/login', async ({ body, query, session }, response) => {
    const { rows } = await pool.query<Customer>(
      `insert into shop.customers (name, email) values ($1, $2)
           on conflict (name) do update set name = excluded.name returning *`,
      [body.name, body.email ?? null],
    );
    session.customerId = rows[0]?.id ?? 0;
    // Only a path of this site, never another site's.
    const next = String(query.next ?? '/');
    response.redirect(303, /^\/(?![/\\])/.test(next) ? next : '/');
  });
  pages.get('/account', (_request, response) => {
    response.send(page('Rename', '/account', 'name') + page('Sign out', '/logout'));
  });
  pages.post('/account', async ({ customer, body }, response) => {
    await pool.query('update shop.customers set name = $1 where id = $2', [body.name, customer?.id]);
    response.redirect(303, '/account');
  });
  pages.post('/logout', ({ session }, response) => {
    session.destroy(() => response.redirect(303, '/'));
  });
  return { customers, pages };
}

function page(title: string, action: string, field?: string): string {
  const input = field === undefined ? '' : `<input name="${field}" required>`;
  return `<form method="post" action="${action}">${input}<button>${title}</button></form>`;
}
