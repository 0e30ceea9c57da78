import { fakeTranslator } from '@microblog/core/testing';
import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from '../support/host.ts';
import { texts } from '../support/texts.ts';

describe('translating a lot', () => {
  const translator = fakeTranslator();
  const host = useHost(hostOpener(), {
    translator,
    languageDetector: { detect: async () => 'es' },
    app: { limitAttempts: true },
  });

  it('is refused after sixty in an hour for one member, except for stored translations', async () => {
    const reader = await host.member();
    const { storage, microblog } = host.running;
    const author = await storage.users.findByNickname(reader.nickname);
    const paths: string[] = [];
    for (let number = 1; number <= 61; number++) {
      const post = await microblog.posts.publish(author, { body: `Hola ${number}` });
      paths.push(`/posts/${post.id}/translate`);
    }
    const token = await reader.token('/explore');
    const ask = (path = '', person = reader, csrf = token) =>
      person.send(path, { _csrf: csrf }, { Accept: 'application/json' });
    for (const path of paths.slice(0, 60)) expect((await ask(path)).status).toBe(200);

    const refused = await ask(paths[60]);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(JSON.parse(refused.text).error.message).toBe(texts('en').error('too_many_translations'));
    expect(translator.asked).toHaveLength(60);

    expect((await ask(paths[0])).status).toBe(200);
    const other = await host.member();
    expect((await ask(paths[60], other, await other.token('/explore'))).status).toBe(200);
  });

  it('is refused after three hundred in an hour from one address, for every member', async () => {
    const { storage, microblog } = host.running;
    const before = translator.asked.length;
    const statuses: number[] = [];
    // The test before used up some of them.
    for (let account = 1; account <= 6; account++) {
      const person = await host.member();
      const author = await storage.users.findByNickname(person.nickname);
      const token = await person.token('/explore');
      for (let number = 1; number <= 50; number++) {
        const { id } = await microblog.posts.publish(author, { body: `Hola ${account} ${number}` });
        const sent = { _csrf: token };
        statuses.push(
          (await person.send(`/posts/${id}/translate`, sent, { Accept: 'application/json' })).status,
        );
      }
    }
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(statuses.indexOf(429)).toBe(239);
    expect(translator.asked).toHaveLength(before + 239);
  });
});
