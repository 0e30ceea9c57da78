import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createMicroblog, memoryStorage, type User, visitor } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './app.tsx';

describe('timelines rendered by React', () => {
  const microblog = createMicroblog({ storage: memoryStorage() }, { postsPerPage: 2 });
  const server = createServer(buildApp(microblog).handle);
  let people: User[];
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    people = await Promise.all(
      ['ada', 'ben'].map((nickname) =>
        microblog.accounts.register(visitor, {
          nickname,
          email: `${nickname}@example.org`,
          password: 'correct horse battery',
        }),
      ),
    );
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function visit(path: string) {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      html: await response.text(),
    };
  }

  it('show a message when there is nothing', async () => {
    const { status, type, html } = await visit('/');
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/);
    expect(html).toContain('Nobody has written anything yet.');
  });

  it('show posts, escaped, and link to older ones', async () => {
    const [ada, ben] = people;
    for (const [author, body] of [
      [ada, 'first'],
      [ben, '<script>alert(1)</script>'],
      [ada, 'Tea & cake?'],
    ] as const) {
      await microblog.posts.publish(author ?? visitor, { body });
    }
    const { html } = await visit('/');
    expect(bodies(html)).toEqual(['Tea &amp; cake?', '&lt;script&gt;alert(1)&lt;/script&gt;']);
    expect(html).toContain('<a href="/user/ben">ben</a>');
    const [, older = ''] = /href="(\?before=\d+)"/.exec(html) ?? [];
    const next = await visit(`/${older}`);
    expect(bodies(next.html)).toEqual(['first']);
    expect(next.html).not.toContain('Older posts');
  });

  it('show the posts of one person', async () => {
    const { html } = await visit('/user/BEN');
    expect(html).toContain('<title>ben</title>');
    expect(bodies(html)).toHaveLength(1);
  });

  it.each(['/user/nobody', '/?before=x', '/elsewhere', '/user/..%2fada'])(
    'are not found at %s',
    async (path) => {
      expect((await visit(path)).status).toBe(404);
    },
  );
});

describe('npm start', () => {
  let program: ChildProcess;
  afterAll(() => program.kill());

  it('needs no build', async () => {
    const script = fileURLToPath(new URL('main.tsx', import.meta.url));
    program = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { PATH: process.env.PATH, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(program.stdout?.setEncoding('utf8') ?? program, 'data');
    const [url = ''] = /http:\S+/.exec(String(line)) ?? [];
    expect(await (await fetch(url)).text()).toContain('The engine might compose music.');
  });
});

function bodies(html: string): string[] {
  return [...html.matchAll(/<p>(.*?)<\/p>/g)].flatMap(([, body]) => body ?? []);
}
