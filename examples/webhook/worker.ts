import { once } from 'node:events';
import { buildApp, settingsFrom } from './app.ts';

const { microblog, close } = await buildApp(settingsFrom(process.env));
await microblog.start();
console.log('The worker sends what was published; Ctrl-C ends it.');
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await close();
