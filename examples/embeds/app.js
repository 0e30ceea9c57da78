import { createMicroblog, memoryStorage } from '@microblog/core';
import { createKoaApp } from '@microblog/host-koa';

/** @param {{ secretKey: string, origin: string, friends: readonly string[] }} settings */
export function buildApp({ secretKey, origin, friends }) {
  const microblog = createMicroblog({ storage: memoryStorage() });
  return createKoaApp(microblog, { secretKeys: [secretKey], origin, embedOrigins: friends });
}
