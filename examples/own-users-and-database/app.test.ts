import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../../tests/support/databases.ts';
import { buildApp } from './app.ts';

let database: TestDatabase;
let session: Session;
let built: Awaited<ReturnType<typeof buildApp>>;
let server: Server;
let url: string;

beforeAll(async () => {
  database = await createDatabase();
  built = await buildApp({ databaseUrl: database.url, secretKey: 'a key for these tests alone' });
  server = createServer(built.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  session = await openSession(database.url);
});

afterAll(async () => {
  server.close().closeAllConnections();
  await built.close();
  await session.end();
  await database.drop();
});

/** A customer's browser: at the shop, and below `/blog` as a member there. */
function browser() {
  const cookies = new Map<string, string>();
  async function request(path: string, fields?: Record<string, string>) {
    const response = await fetch(url + path, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  }
  const tokenOf = (text: string) => /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  return {
    get: (path: string) => request(path),
    post: request,
    /** Sends a form of the microblog with the token of its page. */
    async submit(path: string, fields: Record<string, string> = {}) {
      return request(path, { _csrf: tokenOf((await request('/blog/explore')).text), ...fields });
    },
  };
}

describe('a microblog with the users and the database of a shop', () => {
  it('accepts the shop’s users: sign in there, and write here', async () => {
    const ada = browser();
    const visited = await ada.get('/blog/explore');
    const [, wayIn = ''] = /href="(\/login\?next=[^"]+)"/.exec(visited.text) ?? [];
    const signedIn = await ada.post(wayIn, { name: 'Ada', email: 'ada@example.org' });
    expect([signedIn.status, signedIn.location]).toEqual([303, '/blog/explore']);
    expect((await ada.submit('/blog/posts', { body: 'The engine might compose music.' })).status).toBe(303);
    expect((await ada.get('/blog/user/ada')).text).toContain('The engine might compose music.');
    expect((await ada.get('/blog/login')).status).toBe(404);

    const ben = browser();
    await ben.post('/login', { name: 'Ben' });
    expect((await ben.submit('/blog/user/ada/follow')).status).toBe(303);
    expect((await ben.get('/blog/')).text).toContain('The engine might compose music.');

    await ada.post('/account', { name: 'Countess of Lovelace' });
    await ada.get('/blog/');
    expect((await ben.get('/blog/')).text).toContain('/blog/user/Countess_of_Lovelace"');

    await ada.post('/logout', {});
    expect((await ada.get('/blog/')).text).toContain('href="/login?next=');
  });

  it('posts an order with the order, or neither', async () => {
    const eve = browser();
    await eve.post('/login', { name: 'Eve' });
    const bought = await eve.post('/orders', { item: 'a loom' });
    expect([bought.status, bought.location]).toEqual([303, '/blog/']);
    expect((await eve.get('/blog/')).text).toContain('I have just bought: a loom');
    const points = () => session.query(`select points from shop.customers where name = 'Eve'`);
    await expect.poll(points, { timeout: 20_000 }).toEqual([{ points: 1 }]);

    // Not in stock: a constraint of the shop.
    expect((await eve.post('/orders', { item: 'unicorn' })).status).toBe(500);
    // Too long for a post: a rule of the microblog.
    expect((await eve.post('/orders', { item: 'loom '.repeat(50) })).status).toBe(500);
    expect(await session.query('select item from shop.orders')).toEqual([{ item: 'a loom' }]);
    expect(await session.query(`select body from microblog.posts where body like 'I have%'`)).toHaveLength(1);
  });

  it('deletes the account if the shop deletes the customer', async () => {
    const joe = browser();
    await joe.post('/login', { name: 'Joe' });
    await joe.submit('/blog/posts', { body: 'soon gone' });
    await joe.submit('/blog/user/Ben/follow');
    const followers = async () =>
      (await session.query(`select follower_count as n from microblog.users where nickname = 'Ben'`))[0]?.n;
    expect(await followers()).toBe(1);
    expect((await joe.post('/account/delete', {})).status).toBe(303);
    expect((await browser().get('/blog/user/joe')).status).toBe(404);
    expect((await browser().get('/blog/explore')).text).not.toContain('soon gone');
    expect(await followers()).toBe(0);
    expect(await session.query(`select from shop.customers where name = 'Joe'`)).toEqual([]);
  });

  it('imports all customers at once, before their first visit', async () => {
    await session.query(
      `insert into shop.customers (name) select 'Customer ' || n from generate_series(1, 40) n`,
    );
    expect(await built.importCustomers()).toEqual([]);
    expect((await browser().get('/blog/user/customer_40')).status).toBe(200);
    const accounts = 'select count(*)::int as n from microblog.users';
    const before = await session.query(accounts);
    expect(await built.importCustomers()).toEqual([]);
    expect(await session.query(accounts)).toEqual(before);
  });

  it('leaves the tables of the shop alone, and has its own in a schema of its own', async () => {
    const tables = await session.query(
      `select table_schema || '.' || table_name as name from information_schema.tables
        where table_schema in ('public', 'shop') order by 1`,
    );
    expect(tables).toEqual([{ name: 'shop.customers' }, { name: 'shop.orders' }]);
  });
});
