import { migrate, postgresJobQueue, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog, operator } from '@microblog/core';
import { createKoaApp } from '@microblog/host-koa';
import express from 'express';
import createKnex from 'knex';
import pg from 'pg';
import { importCustomers } from './import-customers.ts';
import { blogProfile, openShop } from './shop.ts';

/** A shop with its own users, sessions and tables, and a microblog of its customers under `/blog`. */
export async function buildApp(settings: { databaseUrl: string; secretKey: string }) {
  const pool = new pg.Pool({ connectionString: settings.databaseUrl });
  const shop = await openShop(pool, settings.secretKey);

  // The shop's pool; the microblog's tables lie in a schema of their own.
  const storage = postgresStorage({ pool });
  await migrate(storage);
  const microblog = createMicroblog({ storage, jobs: postgresJobQueue(storage) });
  const blog = createKoaApp(microblog, {
    secretKeys: [settings.secretKey],
    basePath: '/blog',
    authenticate: (request: express.Request) => blogProfile(request.customer),
    loginUrl: '/login',
    logoutUrl: '/account',
  });
  // One point for each post. An event may be delivered twice, so points are counted again, not added.
  microblog.on(
    'post.published',
    async ({ authorId }) => {
      const customerId = await microblog.users.externalIdOf(operator, authorId);
      const author = await microblog.users.find(operator, authorId);
      const points = author?.postCount ?? 0;
      await pool.query('update shop.customers set points = $1 where id = $2', [points, customerId]);
    },
    { subscriber: 'points' },
  );
  await microblog.start();

  const app = express();
  app.use(shop.customers);
  app.use(blog.callback());
  app.use(shop.pages);

  // A transaction on the shop's pool: statements of the shop and of the microblog commit together or not at all.
  const knex = createKnex({ client: 'pg', connectionPool: pool });

  app.post('/orders', async ({ customer, body: { item } }, response) => {
    const profile = blogProfile(customer);
    if (profile === null) return response.redirect(303, '/login');
    await knex.transaction(async (trx) => {
      await trx('shop.orders').insert({ customer_id: profile.externalId, item });
      const { users, posts } = microblog.within(postgresStorage({ knex: trx }));
      const { user } = await users.provision(operator, profile);
      await posts.publish(user, { body: `I have just bought: ${item}` });
    });
    response.redirect(303, '/blog/');
  });

  app.post('/account/delete', async ({ customer, session }, response) => {
    if (customer === undefined) return response.redirect(303, '/login');
    await knex.transaction(async (trx) => {
      await trx('shop.customers').delete().where({ id: customer.id });
      const { users } = microblog.within(postgresStorage({ knex: trx }));
      await users.deprovision(operator, customer.id);
    });
    session.destroy(() => response.redirect(303, '/'));
  });

  const close = async () => {
    await blog.settled();
    await microblog.stop();
    await knex.destroy();
    await storage.close();
    await pool.end();
  };
  return { app, importCustomers: () => importCustomers(pool, microblog), close };
}
