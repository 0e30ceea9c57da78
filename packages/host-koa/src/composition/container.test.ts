import { expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { createContainer } from './container.ts';
import { tokens } from './tokens.ts';

const linkWith = (variables: Record<string, string>) =>
  createContainer(loadConfig(variables)).get(tokens.absoluteUrl)('/login');

it.each<[Record<string, string>, string]>([
  [{}, 'http://127.0.0.1:5000/login'],
  [{ HOST: 'localhost', PORT: '8080' }, 'http://localhost:8080/login'],
  [{ HOST: '::1' }, 'http://[::1]:5000/login'],
  [{ PORT: '80' }, 'http://127.0.0.1/login'],
  [{ HOST: 'fe80::1%eth0', PORT: '80' }, 'http://localhost/login'],
  [{ HOST: '0.0.0.0' }, 'http://localhost:5000/login'],
  [{ HOST: '::' }, 'http://localhost:5000/login'],
  [{ BASE_URL: 'https://blog.example.org' }, 'https://blog.example.org/login'],
])('links in mails lead to the address that the server announces, or BASE_URL: %j', (variables, link) => {
  expect(linkWith(variables)).toBe(link);
});
