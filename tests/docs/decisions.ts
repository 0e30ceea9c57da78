import type { Page } from './pages.ts';

/**
 * A file or a folder of this repository; `…` stands for any folders between two parts, `<name>` for any name or part
 * of one.
 */
const repositoryPath = /^(?:packages|tests|scripts|docs|deploy|examples|bench)\/[\w./…<>-]+$/;

const parts = [/^# \d+\. /m, /^- Date: \d{4}-\d{2}-\d{2}$/m, /^- Code: `/m, /^## Decision$/m, /^## Why$/m];

/** The parts that a decision lacks. */
export function missingParts(text: string): string[] {
  return parts.filter((part) => !part.test(text)).map((part) => `lacks ${part}`);
}

/** Paths that a page names but that do not exist. `files` is everything in the repository. */
export function missingPaths({ code }: Pick<Page, 'code'>, files: readonly string[]): string[] {
  return code.filter((text) => repositoryPath.test(text)).flatMap((path) => pathFaults(path, files));
}

/** A file that is named without its folders must be the only one of that name, unless a part of it is any. */
function pathFaults(path: string, files: readonly string[]): string[] {
  const pattern = path
    .replace(/\/$/, '')
    .replaceAll('.', '\\.')
    .replaceAll('/…/', '/(?:.+/)?')
    .replace(/<\w+>/g, '[^/]+');
  if (!files.some((file) => new RegExp(`^${pattern}(?:/|$)`).test(file)))
    return [`${path}: there is no such file`];
  const named = files.filter((file) => new RegExp(`^${pattern}$`).test(file));
  return named.length > 1 && !path.includes('<') ? [`${path}: could be ${named.join(' or ')}`] : [];
}
