import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../packages/host-koa/src/composition/config.ts';
import { installedTool } from '../support/installed-tool.ts';
import { type FrontFolder, frontFolder, repository, runTool } from './front.ts';

const read = (name: string) => readFile(join(repository, 'deploy', name), 'utf8');

let folder: FrontFolder;
beforeAll(async () => {
  folder = await frontFolder();
});
afterAll(() => folder.remove());

/** `NAME=value` lines, comments left out. */
function settings(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

describe('deploy/microblog.service', () => {
  it('runs the built program as its own user, in a sandbox', async () => {
    const unit = await read('microblog.service');
    const given = settings(unit);
    expect(given).toMatchObject({
      User: 'microblog',
      EnvironmentFile: '/etc/microblog.env',
      WorkingDirectory: '/srv/microblog/app',
      ExecReload: '/bin/kill -HUP $MAINPID',
      Restart: 'on-failure',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      NoNewPrivileges: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      CapabilityBoundingSet: '',
      ReadWritePaths: '/var/lib/microblog /var/log/microblog',
    });
    expect(given.ExecStart).toBe(
      '/srv/microblog/app/node_modules/node/bin/node packages/cli/dist/main.js serve',
    );
    // V8 could not start with it.
    expect(given).not.toHaveProperty('MemoryDenyWriteExecute');

    const analyze = installedTool('systemd-analyze');
    if (analyze === null) return;
    const own = unit.replace('/srv/microblog/app/node_modules/node/bin/node', '/bin/true');
    const file = await folder.write('microblog.service', own);
    const { code, output } = await runTool(analyze, ['verify', '--man=no', file], folder.path);
    expect({ code, output }).toEqual({ code: 0, output: '' });
    // Since systemd 250.
    if (!(await runTool(analyze, ['--help'], folder.path)).output.includes('--offline')) return;
    const security = await runTool(
      analyze,
      ['security', '--offline=yes', '--no-pager', '--threshold=30', file],
      folder.path,
    );
    expect(security.code, security.output).toBe(0);
  });
});

describe('deploy/microblog.env', () => {
  it('is a configuration that is taken, behind a proxy', async () => {
    const text = await read('microblog.env');
    const config = loadConfig(settings(text), { listens: true });
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 5000,
      trustProxy: true,
      maxConcurrentRequests: 64,
      workers: 1,
    });
    expect(config.dataDirectory).toBe('/var/lib/microblog');
    const withServer = loadConfig(settings(text.replaceAll(/^#(?=\w+=)/gm, '')));
    expect(withServer.database.kind).toBe('server');
    expect(withServer.server.workers).toBe(2);
  });
});

describe('deploy/microblog', () => {
  it('runs a command as the user of the service, with its settings', async () => {
    const script = await read('microblog');
    expect(script).toContain('exec runuser -u microblog --');
    expect(script).toContain('. /etc/microblog.env');
  });
});

describe.each(['microblog', 'microblog-backup', 'microblog-upgrade'])('deploy/%s', (name) => {
  const file = join(repository, 'deploy', name);

  it('is a script that may be run, by cron as well', async () => {
    expect((await stat(file)).mode & 0o111).toBe(0o111);
    // run-parts ignores other names.
    expect(name).toMatch(/^[\w-]+$/);
    const { code, output } = await runTool('sh', ['-n', file], folder.path);
    expect(code, output).toBe(0);

    const shellcheck = installedTool('shellcheck');
    if (shellcheck === null) return;
    const checked = await runTool(shellcheck, ['--exclude=SC1091,SC2016', file], folder.path);
    expect(checked.code, checked.output).toBe(0);
  });
});

describe('deploy/logrotate', () => {
  it('tells the service to reopen its log', async () => {
    const text = await read('logrotate');
    expect(text).toContain('systemctl kill --signal=HUP --kill-whom=main microblog.service');
    expect(text).toContain('/var/log/microblog/microblog.log {');

    const logrotate = installedTool('logrotate');
    if (logrotate === null) return;
    const own = text
      .replace('/var/log/microblog', folder.path)
      .replace(/^ *su .*$/m, '')
      .replace(/^ *create .*$/m, '    create 0640');
    const file = await folder.write('logrotate', own);
    const state = join(folder.path, 'logrotate.state');
    const { code, output } = await runTool(logrotate, ['--debug', '--state', state, file], folder.path);
    expect(code, output).toBe(0);
    expect(output).not.toMatch(/error:/);
  });
});
