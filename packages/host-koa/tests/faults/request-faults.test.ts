import { type Storage, systemClock } from '@microblog/core';
import { memoryStorage } from '@microblog/core/testing';
import { afterEach, expect, it } from 'vitest';
import { faultMailer } from '../../src/operations/faults/fault-mailer.ts';
import { scrubber } from '../../src/operations/logging/scrub.ts';
import { smtpMailer } from '../../src/outbound/mail/smtp-mailer.ts';
import { hostOpener, type RunningHost } from '../support/host.ts';
import { bodiesOf, headerOf } from '../support/mail-text.ts';
import { mailServer } from '../support/smtp-server.ts';
import { visitor } from '../support/visitor.ts';

let host: RunningHost | undefined;
afterEach(() => host?.close());

const logger = { debug() {}, info() {}, warn() {}, error() {} };

it('a page that fails is mailed once, by its route pattern; pages that refuse are not', async () => {
  await using server = await mailServer();
  const mailer = smtpMailer({
    server: { host: '127.0.0.1', port: server.port, encryption: 'optional', credentials: undefined },
    from: { name: '', address: 'microblog@example.org' },
    logger,
  });
  const faults = faultMailer({
    mailer,
    admins: ['admin@example.org'],
    site: 'blog.example.org',
    clock: systemClock,
    logger,
    scrub: scrubber(),
  });
  const storage: Storage = memoryStorage();
  const posts = { ...storage.posts, findMany: () => Promise.reject(new Error('The disk is on fire')) };
  host = await hostOpener({ openStorage: async () => ({ ...storage, posts }) })({ app: { faults } });
  const reader = visitor(host.url);

  expect((await reader.get('/nowhere')).status).toBe(404);
  expect((await reader.get('/explore?before=nonsense')).status).toBe(400);
  for (const id of ['1', '2', '3']) expect((await reader.get(`/posts/${id}?secret=typed`)).status).toBe(500);
  await server.arrived(1);
  await faults.close(5_000);
  mailer.close();

  expect(server.received).toHaveLength(1);
  const { raw = '' } = server.received[0] ?? {};
  expect(headerOf(raw, 'Subject')).toBe('[blog.example.org] Error in GET /posts/:id');
  expect(bodiesOf(raw)['text/plain']).toMatch(/^Error: The disk is on fire\n +at /m);
  expect(raw).not.toMatch(/typed|cookie|csrf/i);
});
