import { buildApp } from './app.js';

const app = await buildApp();
await app.write('The engine might compose music.');
for (const line of await app.read()) console.log(line);
