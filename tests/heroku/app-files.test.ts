import { glob, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../packages/host-koa/src/composition/config.ts';
import { runMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = async (path: string) => JSON.parse(await read(`${path}/package.json`));

/** Every folder with a package of the workspace, the root as `.`. */
async function workspace(): Promise<string[]> {
  const patterns = [...(await read('pnpm-workspace.yaml')).matchAll(/^ {2}- (\S+)$/gm)].map(
    ([, path]) => path,
  );
  const cwd = new URL('../../', import.meta.url);
  const manifests: string[] = [];
  for await (const path of glob(
    patterns.map((pattern) => `${pattern}/package.json`),
    { cwd },
  ))
    manifests.push(path);
  expect(manifests.length).toBeGreaterThan(10);
  return ['.', ...manifests.map((path) => dirname(path))];
}

async function processTypes(): Promise<Map<string, string>> {
  const lines = (await read('Procfile')).trim().split('\n');
  return new Map(lines.map((line) => line.split(': ') as [string, string]));
}

describe('Procfile', () => {
  it('calls node on a built file in every line, never a package manager', async () => {
    const types = await processTypes();
    expect([...types.keys()]).toEqual(expect.arrayContaining(['web', 'init', 'upgrade']));
    for (const command of types.values()) {
      expect(command).toMatch(/^node packages\/cli\/dist\/main\.js [a-z]+$/);
    }
  });

  it('names commands that there are', async () => {
    const folder = await temporaryFolder();
    for (const command of (await processTypes()).values()) {
      const [name = ''] = command.split(' ').slice(2);
      expect(await runMicroblog([name, '--help'], folder.path)).toMatchObject({ code: 0 });
    }
    await folder.remove();
  });
});

describe('app.json', () => {
  it('sets all that the Heroku profile asks for', async () => {
    const { addons, env, scripts } = JSON.parse(await read('app.json'));
    expect(env.SECRET_KEY.generator).toBe('secret');
    expect(addons).toEqual([{ plan: expect.stringMatching(/^heroku-postgresql:/) }]);
    const config = loadConfig(
      {
        HEROKU: env.HEROKU.value,
        // As the generator makes it: 64 hexadecimal digits.
        SECRET_KEY: 'f'.repeat(64),
        DATABASE_URL: 'postgres://user:password@db.example.org/app',
        PORT: '5000',
      },
      { listens: true },
    );
    expect(config.profile).toBe('heroku');
    expect(scripts.postdeploy).toBe((await processTypes()).get('init'));
  });

  it('scales process types of the Procfile', async () => {
    const types = await processTypes();
    const { formation, environments } = JSON.parse(await read('app.json'));
    for (const type of Object.keys({ ...formation, ...environments.review.formation })) {
      expect(types.has(type), type).toBe(true);
    }
  });
});

describe('what the buildpack reads', () => {
  it('pins Node.js and pnpm in the root alone, and has a lock file and a build script', async () => {
    const root = await manifest('.');
    expect(root.engines).toEqual({
      node: expect.stringMatching(/^\d+\.x$/),
      pnpm: expect.stringMatching(/^\^12\.\d+\.\d+$/),
    });
    expect(root).not.toHaveProperty('packageManager');
    expect(root.scripts).toHaveProperty('build');
    expect(root.scripts).not.toHaveProperty('heroku-postbuild');
    expect(await read('pnpm-lock.yaml')).toMatch(/^lockfileVersion:/);
  });

  it('finds no script that would keep it from dropping development dependencies', async () => {
    for (const folder of await workspace()) {
      const { scripts = {} } = await manifest(folder);
      for (const name of ['prepare', 'preinstall', 'install', 'postinstall']) {
        expect(scripts, `${folder}: ${name}`).not.toHaveProperty(name);
      }
    }
  });
});
