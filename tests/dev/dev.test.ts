import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserlessMember, browserlessMember } from '../support/member.ts';
import { until } from '../support/until.ts';
import { type DevProcess, startDev } from './dev-process.ts';
import { copyWorkspace } from './workspace-copy.ts';

const host = 'packages/host-koa';

describe('pnpm dev', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let dev: DevProcess;
  let url: string;
  let marta: BrowserlessMember;

  beforeAll(async () => {
    workspace = await copyWorkspace();
    dev = startDev(workspace.path, '0');
    url = await untilReady(dev);
    marta = browserlessMember(url);
  });
  afterAll(() => workspace.remove());

  const page = async (path = '/login') => (await fetch(url + path)).text();
  /** Saves a file as some editors do: another takes its place. */
  const save = async (file: string, change: (text: string) => string) => {
    const path = join(workspace.path, file);
    await writeFile(`${path}~`, change(await readFile(path, 'utf8')));
    await rename(`${path}~`, path);
  };
  /** The text of an asset as the page names it now. */
  const asset = async (name: RegExp) => {
    const [address = ''] = name.exec(await page()) ?? [];
    return (await fetch(new URL(address, url))).text();
  };

  it('names sample people, who can sign in', async () => {
    const [, nickname = '', password = ''] = /Sign in as (\w+) .*password: (\S+)/.exec(dev.output()) ?? [];
    expect((await marta.submit('/login', { login: nickname, password })).status).toBe(303);
    expect(await isSignedIn(marta)).toBe(true);
  });

  it('shows a changed template in the next page', async () => {
    await save(`${host}/views/layout.njk`, (text) => text.replace('<main', '<main data-changed'));
    expect(await page()).toContain('data-changed');
  });

  it('shows a changed style at the next load', async () => {
    await save(`${host}/assets/styles/app.scss`, (text) => `${text}\n.changed { color: red }\n`);
    await expect.poll(() => asset(/\/assets\/app\.\w+\.css/)).toContain('.changed');
  });

  it('shows a changed browser script at the next load', async () => {
    await save(`${host}/assets/browser/app.ts`, (text) => `${text}\nconsole.log('changed');\n`);
    await expect.poll(() => asset(/\/assets\/app\.\w+\.js/)).toContain('"changed"');
  });

  it('prints the place of a fault in a style, and keeps serving', async () => {
    await save(`${host}/assets/styles/app.scss`, (text) => `${text}.fault {`);
    await until(() => /styles\/app\.scss \d+:\d+/.test(dev.output()));
    expect((await fetch(`${url}/login`)).status).toBe(200);
    await save(`${host}/assets/styles/app.scss`, (text) =>
      text.replace('.fault {', '.corrected { color: red }'),
    );
    await expect.poll(() => asset(/\/assets\/app\.\w+\.css/)).toContain('.corrected');
  });

  it('prints the place of a fault in a text, and keeps serving', async () => {
    await save(`${host}/locales/en/pages/accounts.json`, (text) => text.replace('{', '{,'));
    await until(() => /locales\/en\/pages\/accounts\.json: .*line 1 column 2/.test(dev.output()));
    expect((await fetch(`${url}/login`)).status).toBe(200);
  });

  it('shows a changed text after a restart', async () => {
    await save(`${host}/locales/en/pages/accounts.json`, (text) =>
      text.replace('{,', '{').replaceAll('Sign in', 'Changed'),
    );
    await expect.poll(() => page()).toContain('Changed');
  });

  it('restarts when code changes, and people stay signed in', async () => {
    await save(`${host}/src/version.ts`, (text) => `${text}\nconsole.log('changed code');\n`);
    await until(() => dev.output().includes('changed code'));
    // While the server starts, the page waits for it.
    expect(await isSignedIn(marta)).toBe(true);
  });

  it('prints the place of a fault in code, shows a hint in the page, and starts when it is corrected', async () => {
    await save(`${host}/src/version.ts`, (text) => `${text}const = 1;\n`);
    await until(() => /src\/version\.ts:\d+/.test(dev.output()));
    await until(async () => (await page()).includes('The terminal says why'));
    await save(`${host}/src/version.ts`, (text) => text.replace('const = 1;', ''));
    await until(async () => (await fetch(`${url}/login`)).status === 200);
  });

  it('says that a port is taken', async () => {
    const { port } = new URL(url);
    const second = startDev(workspace.path, port);
    expect(await second.finished).toEqual({ code: 1 });
    expect(second.output()).toMatch(`port ${port} is taken on 127.0.0.1`);
  });

  it('ends on Ctrl-C with everything that it started', async () => {
    dev.signalAll('SIGINT');
    expect(await dev.finished).toEqual({ code: 0 });
    expect(dev.hasProcesses()).toBe(false);
  });

  it('leaves no server if it is killed', async () => {
    const killed = startDev(workspace.path, '0');
    await untilReady(killed);
    killed.signal('SIGKILL');
    await killed.finished;
    await until(() => !killed.hasProcesses());
  });
});

async function isSignedIn(member: BrowserlessMember): Promise<boolean> {
  return (await (await member.get('/')).text()).includes('action="/logout"');
}

/** @throws {Error} with the output, if the process ends before. */
async function untilReady(dev: DevProcess): Promise<string> {
  const ended = dev.finished.then(({ code }) => {
    throw new Error(`dev ended with ${code} before it was ready:\n${dev.output()}`);
  });
  // Its end is expected later.
  ended.catch(() => {});
  const [, url = ''] = await Promise.race([until(() => /ready at (\S+)/.exec(dev.output())), ended]);
  return url;
}
