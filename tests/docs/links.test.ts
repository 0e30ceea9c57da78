import { describe, expect, it } from 'vitest';
import { brokenLinks, documentation, parsePage } from './pages.ts';

const pages = documentation();

describe('links of the documentation', () => {
  it.each(pages)('$path points at files and headings that there are', (page) => {
    expect(brokenLinks(page, pages)).toEqual([]);
  });

  it('would be found broken', () => {
    const page = parsePage(
      'docs/x.md',
      '# A page\n[a](#a-page) [b](#b) [c](nowhere.md) [d](../README.md#no)',
    );
    expect(brokenLinks(page, [page, ...pages])).toEqual([
      '#b: there is no such heading',
      'nowhere.md: there is no such file',
      '../README.md#no: there is no such heading',
    ]);
  });

  it('are in the pages at all', () => {
    expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(50);
  });
});
