import { createMicroblog, memoryStorage } from '@microblog/core';
import { createKoaApp, readTheme } from '@microblog/host-koa';

/** @param {{ secretKey: string }} settings */
export function buildApp({ secretKey }) {
  const microblog = createMicroblog({ storage: memoryStorage() });
  const theme = readTheme(`${import.meta.dirname}/theme`);
  return createKoaApp(microblog, { secretKeys: [secretKey], ...theme });
}
