import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedTool } from '../support/installed-tool.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { ask, type FrontFolder, freePort, frontFolder, repository, runTool, whileRunning } from './front.ts';

const read = (name: string) => readFile(join(repository, 'deploy', name), 'utf8');

let front: FrontFolder;
let home: Awaited<ReturnType<typeof temporaryFolder>>;
let microblog: Serving;
let style: string;

beforeAll(async () => {
  front = await frontFolder();
  home = await temporaryFolder();
  microblog = await serveMicroblog(home.path, { TRUST_PROXY: '1' });
  const page = await (await fetch(microblog.url)).text();
  style = /\/assets\/[\w.-]+\.css/.exec(page)?.[0] ?? expect.fail('the page has no style sheet');
});
afterAll(async () => {
  microblog.kill('SIGTERM');
  await microblog.finished;
  await home.remove();
  await front.remove();
});

/** What people get through a web server in front. */
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
  // The scheme was believed, and so were the others: not what the client wrote.
  expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
  expect(page.headers['set-cookie']?.every((cookie: string) => /;\s*secure/i.test(cookie))).toBe(true);
  expect(page.headers['x-request-id']).toMatch(/^[0-9a-f-]{32,36}$/);
  expect(page.headers['content-security-policy']).toContain('default-src');

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
  expect(requests(), 'assets come from disk').toBe(before);
  expect((await ask(port, style, { 'Accept-Encoding': 'identity' })).length).toBeGreaterThan(asset.length);
  for (const path of ['/assets/manifest.json', '/assets/../package.json', '/assets/none.00000000.css']) {
    expect((await ask(port, path)).status, path).toBe(404);
  }
}

describe('deploy/nginx.conf', () => {
  it('proxies pages, says who the client is, and serves assets from disk', async () => {
    const [site, proxy] = await Promise.all([read('nginx.conf'), read('nginx-proxy.conf')]);
    expect(proxy).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(proxy).toContain('proxy_set_header X-Forwarded-Proto $scheme;');
    expect(proxy).toContain('proxy_set_header X-Forwarded-Host "";');
    expect(proxy).toContain('proxy_set_header Host $host;');
    expect(site).toContain('alias /srv/microblog/app/packages/host-koa/dist/assets/');
    expect(site).toMatch(/Cache-Control "public, max-age=31536000, immutable"/);
    expect(site).toMatch(/keepalive_timeout 60s;/);

    const nginx = installedTool('nginx');
    if (nginx === null) return;
    const [plain, secure] = [await freePort(), await freePort()];
    const snippet = await front.write('nginx-proxy.conf', proxy);
    const own = site
      .replaceAll('/srv/microblog/app', front.app)
      .replaceAll('/etc/nginx/snippets/microblog-proxy.conf', snippet)
      .replaceAll(/\/etc\/letsencrypt\/live\/[^/]+/g, front.path)
      .replaceAll(/^.*listen \[::\].*$/gm, '')
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ', `listen 127.0.0.1:${secure} `)
      .replace('127.0.0.1:5000', new URL(microblog.url).host);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${front.path}/${name};`)
      .join('\n');
    const main = await front.write(
      'main.conf',
      `daemon off;\npid ${front.path}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${own}\n}\n`,
    );
    const args = ['-p', front.path, '-e', 'stderr', '-c', main];
    const { code, output } = await runTool(nginx, [...args, '-t'], front.path);
    expect(code, output).toBe(0);
    await whileRunning(nginx, args, { cwd: front.path, port: secure }, () => expectGoodFront(secure));
  });
});

describe('deploy/Caddyfile', () => {
  it('proxies pages, says who the client is, and serves assets from disk', async () => {
    const site = await read('Caddyfile');
    expect(site).toContain('reverse_proxy 127.0.0.1:5000');
    expect(site).toContain('header_up -X-Forwarded-Host');
    expect(site).toContain('root * /srv/microblog/app/packages/host-koa/dist');
    expect(site).toContain('precompressed br gzip');
    expect(site).toContain('encode zstd gzip');

    const caddy = installedTool('caddy');
    if (caddy === null) return;
    const port = await freePort();
    const own = site
      .replace(
        /^blog\.example\.org \{$/m,
        `https://blog.example.org:${port} {\n\tbind 127.0.0.1\n\ttls ${front.certificate} ${front.privateKey}`,
      )
      .replaceAll('/srv/microblog/app', front.app)
      .replace('127.0.0.1:5000', new URL(microblog.url).host);
    const file = await front.write('Caddyfile', `{\n\tadmin off\n\tauto_https off\n}\n${own}`);
    const args = ['--config', file, '--adapter', 'caddyfile'];
    const { code, output } = await runTool(caddy, ['validate', ...args], front.path);
    expect(code, output).toBe(0);
    await whileRunning(caddy, ['run', ...args], { cwd: front.path, port }, () => expectGoodFront(port));
  });
});
