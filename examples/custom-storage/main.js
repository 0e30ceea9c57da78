import { buildApp } from './app.js';

const { join, write, read, close } = await buildApp({ file: 'microblog.jsonl' });
const nickname = `ada${Date.now()}`;
const ada = await join({ nickname, email: `${nickname}@example.org`, password: 'correct horse battery' });
await write(ada, 'This will still be here when you run me again.');
console.log((await read()).join('\n'));
await close();
