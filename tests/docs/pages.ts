import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';

export const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block: what stands after the fence, its text, and the line of its first fence. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** A page of the documentation, taken apart. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly blocks: readonly Block[];
  /** Inline code. */
  readonly code: readonly string[];
  /** Addresses of links and pictures. */
  readonly links: readonly string[];
  /** Names that a link can point at after `#`, as GitHub makes them of headings. */
  readonly anchors: ReadonlySet<string>;
}

/** Files in the repository, from its root, without what is built or installed. */
export function filesOf(...patterns: readonly string[]): string[] {
  const options = { cwd: workspace, exclude: (name: string) => /^(node_modules|dist|data)$/.test(name) };
  return globSync([...patterns], options).sort();
}

/** Every page that people read, in the order of their paths. `docs/api` is written by a program. */
export function documentation(): Page[] {
  const patterns = [
    '*.md',
    'docs/**/*.md',
    'deploy/*.md',
    'examples/*.md',
    'examples/*/*.md',
    'packages/*/*.md',
  ];
  return filesOf(...patterns).map((path) => parsePage(path, readFileSync(join(workspace, path), 'utf8')));
}

export const isGenerated = ({ path }: Pick<Page, 'path'>) => path.startsWith('docs/api/');

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly url?: string;
  readonly lang?: string | null | undefined;
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('');

export function parsePage(path: string, markdown: string): Page {
  const nodes = all(fromMarkdown(markdown));
  const slugger = new GithubSlugger();
  const headings = nodes.filter(({ type }) => type === 'heading');
  return {
    path,
    blocks: nodes
      .filter(({ type }) => type === 'code')
      .map(({ lang, value = '', position }) => ({
        language: lang ?? '',
        text: value,
        line: position?.start.line ?? 0,
      })),
    code: nodes.flatMap(({ type, value }) => (type === 'inlineCode' && value !== undefined ? [value] : [])),
    links: nodes.flatMap(({ url }) => url ?? []),
    anchors: new Set(headings.map((heading) => slugger.slug(textOf(heading)))),
  };
}

/** What is wrong with a page's links to files and headings of this repository. */
export function brokenLinks(page: Page, pages: readonly Page[]): string[] {
  return page.links.flatMap((link) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
    const [file = '', anchor] = decodeURIComponent(link).split('#');
    const target = file === '' ? page.path : join(page.path, '..', file);
    const linked = pages.find(({ path }) => path === target);
    if (linked === undefined && !existsSync(join(workspace, target)))
      return [`${link}: there is no such file`];
    if (anchor === undefined || linked === undefined || linked.anchors.has(anchor)) return [];
    return [`${link}: there is no such heading`];
  });
}
