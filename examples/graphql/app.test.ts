import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog, memoryStorage, operator, visitor } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';

const storage = memoryStorage();
/** Counts reads of posts and people. */
const reads: string[] = [];
const counted = <Repository extends object>(name: string, repository: Repository): Repository =>
  new Proxy(repository, {
    get(target, method, receiver) {
      reads.push(`${name}.${String(method)}`);
      return Reflect.get(target, method, receiver);
    },
  });
const microblog = createMicroblog(
  { storage: { ...storage, posts: counted('posts', storage.posts), users: counted('users', storage.users) } },
  { postsPerPage: 3 },
);
const { graphql } = buildApp({ microblog, report: (error) => expect.fail(String(error)) });
const server = createServer((request, response) => void graphql(request, response));
const password = 'correct horse battery';

async function ask(query: string, { as, variables = {} }: { as?: string; variables?: object } = {}) {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(as ? { authorization: `Basic ${btoa(as)}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

describe('a microblog in GraphQL', () => {
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    for (const nickname of ['ada', 'ben', 'cleo'])
      await microblog.accounts.register(visitor, { nickname, email: `${nickname}@example.org`, password });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('lets members publish and follow, and shows them their timeline', async () => {
    const publish =
      'mutation ($body: String!) { publish(body: $body) { id body createdAt author { nickname } } }';
    const published = await ask(publish, {
      as: `ada:${password}`,
      variables: { body: 'Hello from a query' },
    });
    expect(published).toEqual({
      data: {
        publish: {
          id: expect.stringMatching(/^\d+$/),
          body: 'Hello from a query',
          createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
          author: { nickname: 'ada' },
        },
      },
    });
    const follow = await ask('mutation { follow(nickname: "ADA") { nickname followers } }', {
      as: `ben:${password}`,
    });
    expect(follow).toEqual({ data: { follow: { nickname: 'ada', followers: 1 } } });
    const home = '{ timeline(home: true) { items { body } } }';
    expect(await ask(home, { as: `ben:${password}` })).toEqual({
      data: { timeline: { items: [{ body: 'Hello from a query' }] } },
    });
    expect(await ask(home, { as: `cleo:${password}` })).toEqual({ data: { timeline: { items: [] } } });
  });

  it('pages by cursor, and reads a page with its authors at once', async () => {
    for (const nickname of ['ada', 'ben', 'cleo'] as const) {
      const user = await microblog.accounts.show(operator, nickname);
      await microblog.posts.publish(user, { body: `by ${nickname}` });
    }
    const query =
      'query ($before: String) { timeline(before: $before) { items { body author { nickname } } next } }';
    reads.length = 0;
    const { data } = await ask(query);
    expect(data.timeline.items).toEqual(
      ['cleo', 'ben', 'ada'].map((nickname) => ({ body: `by ${nickname}`, author: { nickname } })),
    );
    expect(reads).toEqual(['posts.listAll']);
    const older = await ask(query, { variables: { before: data.timeline.next } });
    expect(older.data.timeline).toMatchObject({ items: [{ body: 'Hello from a query' }], next: null });
  });

  it('shows a person with their posts', async () => {
    const query = '{ user(nickname: "ben") { nickname posts { items { body } } } }';
    expect(await ask(query)).toEqual({
      data: { user: { nickname: 'ben', posts: { items: [{ body: 'by ben' }] } } },
    });
  });

  it.each([
    ['user_not_found', '{ user(nickname: "nobody") { id } }', undefined],
    ['sign_in_required', '{ timeline(home: true) { next } }', undefined],
    ['invalid_cursor', '{ timeline(before: "x") { next } }', undefined],
    ['invalid_input', 'mutation { publish(body: " ") { id } }', `ada:${password}`],
    ['sign_in_failed', '{ timeline { next } }', 'ada:wrong'],
  ])('reports errors by code: %s', async (code, query, as) => {
    const { errors } = await ask(query, as === undefined ? {} : { as });
    expect(errors).toMatchObject([{ extensions: { code } }]);
    if (code === 'invalid_input') expect(errors[0].extensions.fields).toMatchObject([{ field: 'body' }]);
  });

  it('hides internal errors from clients', async () => {
    const broken = new Proxy(microblog, {
      get: (target, name) => {
        if (name === 'users') throw new Error('the password of the database is 1234');
        return Reflect.get(target, name);
      },
    });
    const reported: unknown[] = [];
    const { graphql: yoga } = buildApp({ microblog: broken, report: (error) => reported.push(error) });
    const response = await yoga.fetch('http://localhost/graphql?query={user(nickname:"ada"){id}}');
    const text = await response.text();
    expect(text).toContain('INTERNAL_SERVER_ERROR');
    expect(text).not.toContain('1234');
    expect(String(reported)).toContain('1234');
  });
});
