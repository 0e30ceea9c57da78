import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const workspace = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Programs of Node.js, both from the npm package `node`: the oldest version that our packages support, and the
 * newest.
 */
export const nodes = {
  '22.18': join(workspace, 'tests/packages/node_modules/.bin/node'),
  '24': join(workspace, 'node_modules/.bin/node'),
} as const;
export type NodeVersion = keyof typeof nodes;
export type Manager = 'npm' | 'pnpm';

export interface Project {
  readonly folder: string;
  /** Adds packages by name or tarball, as a user would. */
  install(...packages: readonly string[]): Promise<void>;
  write(file: string, text: string): Promise<void>;
  /** Runs a file of the project, or a program that it has installed, and returns the output. */
  run(...command: readonly [file: string, ...options: string[]]): Promise<string>;
  /** Type errors in the project and in our declarations. */
  typeFaults(moduleResolution: 'nodenext' | 'bundler'): Promise<string[]>;
}

export interface Setting {
  readonly manager: Manager;
  /** The path of the package manager. */
  readonly program: string;
  readonly node: NodeVersion;
  /** The address of the registry. */
  readonly registry: string;
  /** Download caches of package managers, shared by several projects. */
  readonly shared: string;
}

/**
 * An empty project outside the workspace, so that module resolution finds nothing of ours in a parent folder.
 * Package managers and programs get none of the settings of this process.
 */
export async function emptyProject(
  folder: string,
  { manager, program, node, registry, shared }: Setting,
): Promise<Project> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // A package can import only its own dependencies.
  if (manager === 'pnpm')
    await writeFile(join(folder, 'pnpm-workspace.yaml'), 'hoist: false\npublicHoistPattern: []\n');

  const { PATH = '', HOME = folder } = process.env;
  const path = [join(folder, 'node_modules/.bin'), dirname(nodes[node]), PATH].join(delimiter);
  const env = { PATH: path, HOME };
  const start = async (program: string, options: readonly string[]) =>
    execute(program, options, { cwd: folder, env, maxBuffer: 2 ** 26 }).catch((error) => {
      throw new Error(`${program} ${options.join(' ')}\n${error.stdout}${error.stderr}`, { cause: error });
    });

  return {
    folder,
    async install(...packages) {
      const own = {
        npm: ['install', `--cache=${join(shared, 'npm')}`, '--no-audit', '--no-fund', '--no-update-notifier'],
        pnpm: [
          'add',
          `--store-dir=${join(shared, 'pnpm')}`,
          `--config.cache-dir=${join(shared, 'pnpm-cache')}`,
        ],
      };
      const settings = [`--registry=${registry}`, `--userconfig=${join(shared, 'no-settings')}`];
      await start(program, [...own[manager], ...settings, ...packages]);
    },
    write: (file, text) => writeFile(join(folder, file), text),
    async run(file, ...options) {
      const installed = join(folder, 'node_modules/.bin', file);
      const isProgram = await readFile(installed).then(
        () => true,
        () => false,
      );
      const { stdout } = await (isProgram
        ? start(installed, options)
        : start(nodes[node], ['--disable-warning=ExperimentalWarning', file, ...options]));
      return stdout;
    },
    async typeFaults(moduleResolution) {
      const tsconfig = {
        compilerOptions: {
          target: 'es2024',
          lib: ['es2024', 'esnext.disposable', 'dom'],
          types: [],
          module: moduleResolution === 'nodenext' ? 'nodenext' : 'preserve',
          moduleResolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          skipDefaultLibCheck: true,
          noEmit: true,
        },
        include: ['*.ts'],
      };
      const file = `tsconfig.${moduleResolution}.json`;
      await writeFile(join(folder, file), JSON.stringify(tsconfig));
      const tsc = join(workspace, 'node_modules/.bin/tsc');
      const { stdout } = await execute(tsc, ['-p', file, '--pretty', 'false'], { cwd: folder }).catch(
        (error) => error,
      );
      return stdout.split('\n').filter((line: string) => /error TS/.test(line));
    },
  };
}
