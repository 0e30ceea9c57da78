import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Block, documentation, filesOf, workspace } from './pages.ts';

/** Languages whose blocks are programs: each is a part of a file that is tested, or is checked by itself. */
const programs = ['js', 'ts', 'jsx', 'tsx'];
/** Languages whose blocks must be parts of files that are tested: nothing else can try them. */
const parts = ['njk', 'css', 'graphql', 'sql'];
/** Pages for browsers: `tests/browser/embeds.test.ts` opens each and waits for posts. */
const pages = ['html'];
/** Commands, whose names and options `commands.test.ts` looks up. */
const commands = ['sh'];
/** What other programs read or print, and pictures made of letters: these claim nothing about ours. */
const shown = ['', 'text', 'yaml', 'promql', 'nginx', 'ini', 'http', 'xml'];

/** What must be done to a block to know that it works. */
export type Proof = 'program' | 'part' | 'page' | 'json' | 'command' | 'none';

/** @throws {Error} for a language that nobody has decided about. */
export function proofOf({ language }: Pick<Block, 'language'>): Proof {
  if (programs.includes(language)) return 'program';
  if (parts.includes(language)) return 'part';
  if (pages.includes(language)) return 'page';
  if (commands.includes(language)) return 'command';
  if (language === 'json') return 'json';
  if (shown.includes(language)) return 'none';
  throw new Error(`A block of ${language}: say in tests/docs/code-blocks.ts how such blocks are proved.`);
}

/** Files that the suite runs: tests themselves, and everything in an example that has a test. */
export function testedFiles(): string[] {
  const examples = new Set(filesOf('examples/*/*.test.ts').map(dirname));
  const inExamples = filesOf('examples/*/**/*.*').filter((file) =>
    examples.has(file.split('/').slice(0, 2).join('/')),
  );
  return [...inExamples, ...filesOf('tests/**/*.ts', 'packages/*/tests/**/*.ts')];
}

/** Whether a text has these lines, one after the other, however deep they are indented there. */
export function hasLines(text: string, block: string): boolean {
  const trimmed = (lines: string) => lines.split('\n').map((line) => line.trim());
  return `\n${trimmed(text).join('\n')}\n`.includes(`\n${trimmed(block.trim()).join('\n')}\n`);
}

export function isPartOf(files: readonly string[], { text }: Block): boolean {
  return files.some((file) => hasLines(readFileSync(join(workspace, file), 'utf8'), text));
}

/** Every page for browsers that the documentation shows, and where. */
export function htmlOfDocumentation(): { place: string; text: string }[] {
  return documentation().flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language }) => pages.includes(language))
      .map(({ line, text }) => ({ place: `${path}:${line}`, text })),
  );
}

/** JSON, or a line of JSON for each record. */
export function isJson({ text }: Block): boolean {
  const parses = (json: string) => {
    try {
      JSON.parse(json);
      return true;
    } catch {
      return false;
    }
  };
  return parses(text) || text.split('\n').every(parses);
}

/**
 * What the compiler finds wrong in programs that stand by themselves, by the name they are given. They may
 * import whatever a package or an example of this workspace depends on.
 */
export async function typeFaults(
  blocks: ReadonlyMap<string, Pick<Block, 'language' | 'text'>>,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'microblog-docs-'));
  try {
    for (const [name, target] of dependencies()) {
      const link = join(folder, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(await realpath(target), link);
    }
    // A program without imports is no module unless it says so.
    for (const [name, { language, text }] of blocks)
      await writeFile(join(folder, `${name}.${language}`), `${text}\nexport {};\n`);
    const tsconfig = { extends: join(workspace, 'tsconfig.json'), include: ['*'], exclude: ['node_modules'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = join(workspace, 'node_modules/.bin/tsc');
    const { stdout } = await promisify(execFile)(tsc, ['-p', folder, '--pretty', 'false'], {
      cwd: folder,
    }).catch((error) => error);
    return stdout.split('\n').filter((line: string) => /error TS/.test(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Name → folder of all that the packages and the examples depend on, and of what the workspace itself has. */
function dependencies(): Map<string, string> {
  const folders = ['.', ...filesOf('packages/*', 'examples/*')].map((path) =>
    join(workspace, path, 'node_modules'),
  );
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      if (name.startsWith('.')) continue;
      const names = name.startsWith('@')
        ? namesIn(join(folder, name)).map((one) => `${name}/${one}`)
        : [name];
      for (const one of names) found.set(one, join(folder, one));
    }
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
