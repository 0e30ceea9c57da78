import { createMicroblog, memoryStorage, timeOrderedIds } from '@microblog/core';
import { cheapPasswordHasher, fixedClock } from '@microblog/core/testing';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { createKoaApp } from '../../src/index.ts';
import { served } from '../support/blog.ts';
import { SECRET_KEY } from '../support/host.ts';
import { visitor } from '../support/visitor.ts';

/** One whose ids are those of every other, as with a copy of its rows. */
function copy(basePath: string) {
  const clock = fixedClock();
  const ids = timeOrderedIds(clock, () => 0);
  const ports = { storage: memoryStorage(), clock, ids, passwordHasher: cheapPasswordHasher() };
  return createKoaApp(createMicroblog(ports), { secretKeys: [SECRET_KEY], basePath });
}

describe('two microblogs with one secret', () => {
  it.each([
    ['/blog', '/journal'],
    ['/journal', '/blog'],
    ['/blog', ''],
    ['', '/blog'],
  ])('take no session of the other’s: signed in at "%s", not at "%s"', async (here, there) => {
    const [first, second] = ['/blog', here === '' || there === '' ? '' : '/journal'].map(copy);
    const host = express();
    if (first !== undefined && second !== undefined) host.use(first.callback(), second.callback());
    const origin = await served(host);
    const ada = visitor(origin + here);
    const ben = visitor(origin + there);
    await ada.register('ada');
    await ben.register('ben');
    expect((await ada.get('/edit')).status).toBe(200);

    const forged = visitor(origin + there);
    for (const [name, value] of ada.cookies) forged.cookies.set(name, value);
    expect((await forged.get('/edit')).status).toBe(303);
    for (const [name, value] of ben.cookies) forged.cookies.set(name, value);
    expect((await forged.get('/edit')).text).toContain('value="ben"');
  });
});
