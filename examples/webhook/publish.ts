import { isMicroblogError, operator, visitor } from '@microblog/core';
import { buildApp, settingsFrom } from './app.ts';

const { microblog, close } = await buildApp(settingsFrom(process.env));
const account = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const ada = await microblog.accounts.register(visitor, account).catch((error: unknown) => {
  if (isMicroblogError(error, 'nickname_taken')) return microblog.accounts.show(operator, 'ada');
  throw error;
});
const { id } = await microblog.posts.publish(ada, { body: process.argv[2] ?? 'Hello' });
console.log(`Published ${id}; a worker announces it.`);
await close();
