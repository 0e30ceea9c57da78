import type nunjucks from 'nunjucks';
import { type ListNode, parseTemplate } from './compiler/nodes.ts';

interface Template {
  readonly path: string;
  readonly source: string;
  readonly options: nunjucks.ConfigureOptions;
}

/** Parsed templates by path and options, shared by the applications of one process. See `compiled-template.ts`. */
const parsed = new Map<string, { readonly source: string; readonly root: ListNode }>();

/** Returns the template, parsed. @throws {Error} for an invalid template. */
export function parsedTemplate({ path, source, options }: Template): ListNode {
  const key = JSON.stringify([path, options]);
  const known = parsed.get(key);
  if (known?.source === source) return known.root;
  const root = parseTemplate(source, options);
  parsed.set(key, { source, root });
  return root;
}
