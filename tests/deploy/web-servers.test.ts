import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { installedTool } from '../support/installed-tool.ts';
import { type BrowserlessMember, browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';
import { ask, type FrontFolder, freePort, frontFolder, repository, runTool, whileRunning } from './front.ts';

const read = (name: string) => readFile(join(repository, 'deploy', name), 'utf8');

let front: FrontFolder;
let home: Awaited<ReturnType<typeof initialisedFolder>>;
let microblog: Serving;
let member: BrowserlessMember;
let style: string;
let themeStyle: string;

beforeAll(async () => {
  front = await frontFolder();
  home = await initialisedFolder();
  microblog = await serveMicroblog(home.path, {
    TRUST_PROXY: '1',
    THEME_DIR: join(repository, 'examples/theming/theme'),
  });
  member = browserlessMember(microblog.url);
  await member.submit('/register', {
    nickname: 'ada',
    email: 'ada@example.org',
    password: 'correct horse battery',
  });
  const page = await (await fetch(microblog.url)).text();
  style = /\/assets\/app[\w.-]+\.css/.exec(page)?.[0] ?? expect.fail('the page has no style sheet');
  themeStyle = /\/assets\/theme[\w.-]+\.css/.exec(page)?.[0] ?? expect.fail('the page has no theme');
});
afterAll(async () => {
  microblog.kill('SIGTERM');
  await microblog.finished;
  await home.remove();
  await front.remove();
});

/** The response through a web server in front. */
async function expectGoodFront(port: number): Promise<void> {
  const forged = {
    'X-Forwarded-For': '198.51.100.1',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'http',
    'X-Request-Id': 'a-forged-request-id',
  };
  const page = await ask(port, '/login', forged);
  expect(page.status).toBe(200);
  expect(page.headers['content-encoding']).toBe('gzip');
  // The scheme was trusted, and so were the other headers: the web server's, not the client's.
  expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
  expect(page.headers['set-cookie']?.every((cookie: string) => /;\s*secure/i.test(cookie))).toBe(true);
  expect(page.headers['x-request-id']).toMatch(/^[0-9a-f-]{32,36}$/);
  expect(page.headers['content-security-policy']).toContain('default-src');

  expect((await ask(port, '/feed.atom')).headers['content-encoding']).toBe('gzip');
  // A page whose compressed length could reveal a secret.
  const secret = await ask(port, '/settings', { Cookie: member.cookies() });
  expect(secret.status).toBe(200);
  expect(secret.headers['cache-control']).toContain('no-transform');
  expect(secret.headers['content-encoding']).toBeUndefined();

  const requests = () => microblog.output().split('"route":"/assets/:file"').length;
  const before = requests();
  const asset = await ask(port, style);
  expect(asset).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: expect.stringMatching(/accept-encoding/i),
    },
  });
  expect((await ask(port, style, { 'Accept-Encoding': 'identity' })).length).toBeGreaterThan(asset.length);
  const ofTheme = await ask(port, themeStyle);
  expect(ofTheme).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
  // The log has the line of the theme, but none of the earlier files: the web server read those from disk.
  await expect.poll(requests).toBe(before + 1);
  for (const path of ['/assets/manifest.json', '/assets/../package.json', '/assets/none.00000000.css']) {
    expect((await ask(port, path)).status, path).toBe(404);
  }
  // For clients from other machines: the configuration is tested without its exception for this machine.
  for (const path of [
    '/metrics',
    '/metrics/',
    '/Metrics',
    '//metrics',
    '/%6detrics',
    '/metrics?name=value',
  ]) {
    expect([403, 404], path).toContain((await ask(port, path)).status);
  }
}

/** The file without the line that, by its own comment, an older nginx does not know. */
async function takenBy(nginx: string, site: string): Promise<string> {
  const { output } = await runTool(nginx, ['-v'], front.path);
  const [major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)\.(\d+)/.exec(output) ?? []).slice(1).map(Number);
  const knows = major * 1e6 + minor * 1e3 + patch >= 1_025_001;
  return knows ? site : site.replace(/^ *http2 on;$/m, '');
}

describe('deploy/nginx.conf', () => {
  it('proxies pages, passes on the client’s address, and serves assets from disk', async () => {
    const [site, proxy] = await Promise.all([read('nginx.conf'), read('nginx-proxy.conf')]);
    expect(proxy).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(proxy).toContain('proxy_set_header X-Forwarded-Proto $scheme;');
    expect(proxy).toContain('proxy_set_header X-Forwarded-Host "";');
    expect(proxy).toContain('proxy_set_header Host $host;');
    expect(site).toContain('root /srv/microblog/app/packages/host-koa/dist;');
    expect(site).toMatch(/Cache-Control "public, max-age=31536000, immutable"/);
    expect(site).toMatch(/keepalive_timeout 60s;/);

    const nginx = installedTool('nginx');
    if (nginx === null) return;
    const [plain, secure] = [await freePort(), await freePort()];
    const snippet = await front.write('nginx-proxy.conf', proxy);
    const own = (await takenBy(nginx, site))
      .replaceAll('/srv/microblog/app', front.app)
      .replaceAll('/etc/nginx/snippets/microblog-proxy.conf', snippet)
      .replaceAll(/\/etc\/letsencrypt\/live\/[^/]+/g, front.path)
      .replaceAll(/^.*listen \[::\].*$/gm, '')
      .replaceAll(/^ *allow .*$/gm, '')
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ', `listen 127.0.0.1:${secure} `);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${front.path}/${name};`)
      .join('\n');
    const inFrontOf = async (address: string) => {
      const text = own.replace('127.0.0.1:5000', address);
      const main = await front.write(
        'main.conf',
        `daemon off;\npid ${front.path}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${text}\n}\n`,
      );
      return ['-p', front.path, '-e', 'stderr', '-c', main];
    };
    const args = await inFrontOf(new URL(microblog.url).host);
    const { code, output } = await runTool(nginx, [...args, '-t'], front.path);
    expect(code, output).toBe(0);
    expect(output).not.toContain('[warn]');
    await whileRunning(nginx, args, { cwd: front.path, port: secure }, () => expectGoodFront(secure));

    const alone = await inFrontOf(`127.0.0.1:${await freePort()}`);
    await whileRunning(nginx, alone, { cwd: front.path, port: secure }, async () => {
      const answer = await ask(secure, '/login');
      expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    });
  });
});

describe('deploy/Caddyfile', () => {
  it('proxies pages, passes on the client’s address, and serves assets from disk', async () => {
    const site = await read('Caddyfile');
    expect(site).toContain('reverse_proxy 127.0.0.1:5000');
    expect(site).toContain('header_up -X-Forwarded-Host');
    expect(site).toContain('root * /srv/microblog/app/packages/host-koa/dist');
    expect(site).toContain('precompressed br gzip');
    expect(site).toContain('encode @feeds');

    const caddy = installedTool('caddy');
    if (caddy === null) return;
    const port = await freePort();
    const own = site
      .replace(
        /^blog\.example\.org \{$/m,
        `https://blog.example.org:${port} {\n\tbind 127.0.0.1\n\ttls ${front.certificate} ${front.privateKey}`,
      )
      .replaceAll('/srv/microblog/app', front.app)
      .replace(/^\s*not remote_ip .*$/m, '');
    const inFrontOf = async (address: string) => {
      const text = `{\n\tadmin off\n\tauto_https off\n}\n${own.replace('127.0.0.1:5000', address)}`;
      return ['--config', await front.write('Caddyfile', text), '--adapter', 'caddyfile'];
    };
    const args = await inFrontOf(new URL(microblog.url).host);
    const { code, output } = await runTool(caddy, ['validate', ...args], front.path);
    expect(code, output).toBe(0);
    await whileRunning(caddy, ['run', ...args], { cwd: front.path, port }, () => expectGoodFront(port));

    const later = await freePort();
    const waiting = await inFrontOf(`127.0.0.1:${later}`);
    await whileRunning(caddy, ['run', ...waiting], { cwd: front.path, port }, async () => {
      const asked = ask(port, '/login');
      const started = createServer((_request, response) => response.end('started')).listen(
        later,
        '127.0.0.1',
      );
      expect((await asked).status).toBe(200);
      started.closeAllConnections();
      await new Promise((closed) => started.close(closed));
    });
  });
});
