import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingParts, missingPaths } from './decisions.ts';
import { documentation, filesOf, parsePage, workspace } from './pages.ts';

const folder = 'docs/decisions';
const index = `${folder}/README.md`;
const read = (path: string) => readFileSync(join(workspace, path), 'utf8');
const decisions = documentation().filter(({ path }) => path.startsWith(`${folder}/`) && path !== index);
const files = filesOf('{packages,tests,scripts,docs,deploy,examples,bench}/**/*.*');

describe('decisions', () => {
  it.each(decisions)('$path has a date, its parts, and names code that exists', (page) => {
    expect([...missingParts(read(page.path)), ...missingPaths(page, files)]).toEqual([]);
  });

  it('are each in the index once', () => {
    const listed = parsePage(index, read(index)).links.map((link) => `${folder}/${link}`);
    expect(listed.sort()).toEqual(decisions.map(({ path }) => path));
  });

  it('have the title that the index gives them', () => {
    for (const { path } of decisions) {
      const [, title] = /^# \d+\. (.*)$/m.exec(read(path)) ?? [];
      expect(read(index)).toContain(`- [${title}](${path.slice(folder.length + 1)})`);
    }
  });

  it('have the number of their file, each a different one', () => {
    const numbers = decisions.map(({ path }) => path.slice(folder.length + 1, folder.length + 5));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(decisions.map(({ path }) => /^# (\d+)\. /.exec(read(path))?.[1]?.padStart(4, '0'))).toEqual(
      numbers,
    );
  });
});

it('decisions that comments name exist', () => {
  const comments = filesOf('{packages,scripts,examples}/**/*.{ts,js,scss,njk}').flatMap((path) =>
    [...read(path).matchAll(/\bdocs\/decisions\/[\w-]+\.md/g)].map(([name]) => name),
  );
  expect(comments.length).toBeGreaterThan(10);
  expect(comments.filter((name) => !decisions.some(({ path }) => path === name))).toEqual([]);
});

it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names files and folders that exist', (path) => {
  expect(missingPaths(parsePage(path, read(path)), files)).toEqual([]);
});

describe('a decision that does not hold', () => {
  it('is found without a date or a reason', () => {
    const text = '# 1. X\n\n- Date: long ago\n- Code: `packages/a/x.ts`\n\n## Decision\n\nX.\n\n## Because\n';
    expect(missingParts(text)).toEqual([expect.stringContaining('Date'), expect.stringContaining('Why')]);
  });

  const faultsOf = (path: string, ...existing: readonly string[]) => missingPaths({ code: [path] }, existing);

  it('is found if a file or a folder is gone', () => {
    expect(faultsOf('packages/a/…/x.ts', 'packages/a/x.test.ts')).toHaveLength(1);
    expect(faultsOf('packages/a/…/x/', 'packages/a/b/xy/z.ts')).toHaveLength(1);
    expect(faultsOf('packages/a/…/x.ts', 'packages/a/b/c/x.ts')).toEqual([]);
    expect(faultsOf('packages/a/…/x/', 'packages/a/b/x/z.ts')).toEqual([]);
  });

  it('is found if nothing is where a name is left open', () => {
    expect(faultsOf('packages/a/<name>/x-<what>.ts', 'packages/a/b/x-y.ts', 'packages/a/c/x-z.ts')).toEqual(
      [],
    );
    expect(faultsOf('packages/a/<name>/x-<what>.ts', 'packages/a/b/y.ts')).toHaveLength(1);
  });

  it('is found if the name of a file stands for two', () => {
    expect(faultsOf('packages/a/…/x.ts', 'packages/a/b/x.ts', 'packages/a/c/x.ts')).toEqual([
      'packages/a/…/x.ts: could be packages/a/b/x.ts or packages/a/c/x.ts',
    ]);
  });
});
