import { createMicroblog, memoryStorage } from '@microblog/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createKoaApp, type KoaAppOptions } from '../src/index.ts';
import { served } from './support/blog.ts';
import { SECRET_KEY } from './support/host.ts';

/** The console output of `work`. */
function consoleLines() {
  const lines: unknown[][] = [];
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((...line) => void lines.push([method, ...line]));
    onTestFinished(() => spy.mockRestore());
  }
  return lines;
}

/** A microblog with only the required options, whose posts can't be read. */
function broken(options: Partial<KoaAppOptions> = {}, logger?: KoaAppOptions['logger']) {
  const storage = memoryStorage();
  const listAll = () => Promise.reject(new Error('no posts today'));
  const ports = { storage: { ...storage, posts: { ...storage.posts, listAll } } };
  const microblog = createMicroblog(logger === undefined ? ports : { ...ports, logger });
  return createKoaApp(microblog, { secretKeys: [SECRET_KEY], ...options }).callback();
}

describe('faults', () => {
  it('are on the console without a logger, and requests are not', async () => {
    const lines = consoleLines();
    const url = await served(broken());
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/explore`)).status).toBe(500);
    expect(lines).toEqual([
      ['error', expect.stringMatching(/^microblog: /), expect.objectContaining({ err: expect.any(Error) })],
    ]);
  });

  it('go to the logger of the microblog, which the pages need not be given again', async () => {
    const lines = consoleLines();
    const messages: string[] = [];
    const note = (_details: object, message: string) => void messages.push(message);
    const url = await served(broken({}, { debug: note, info: note, warn: note, error: note }));
    expect((await fetch(`${url}/explore`)).status).toBe(500);
    await expect.poll(() => messages).toEqual(['request failed', 'request']);
    expect(lines).toEqual([]);
  });
});
