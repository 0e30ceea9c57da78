import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasLines, isJson, isPartOf, proofOf, testedFiles, typeFaults } from './code-blocks.ts';
import { type Block, documentation, isGenerated, workspace } from './pages.ts';

const pages = documentation().filter((page) => !isGenerated(page));
const blocks = pages.flatMap(({ path, blocks }) => blocks.map((block) => ({ path, ...block })));
const placeOf = ({ path, line }: { path: string; line: number }) => `${path}:${line}`;
const files = testedFiles();
const block = (language: string, text: string): Block => ({ language, text, line: 1 });

describe('code in the documentation', () => {
  it('is a part of a file that is tested, or has no fault of types by itself', async () => {
    const alone = blocks.filter((one) => proofOf(one) === 'program' && !isPartOf(files, one));
    const named = alone.map((one) => [placeOf(one).replace(/[^\w]+/g, '-'), one] as const);
    expect(await typeFaults(new Map(named))).toEqual([]);
  });

  it('is a part of a file that is tested where nothing else can try it', () => {
    const unproved = blocks.filter((one) => proofOf(one) === 'part' && !isPartOf(files, one));
    expect(unproved.map(placeOf)).toEqual([]);
  });

  it('is JSON where it says so', () => {
    expect(blocks.filter((one) => proofOf(one) === 'json' && !isJson(one)).map(placeOf)).toEqual([]);
  });

  it('is found at each pair of fences', () => {
    const missed = pages.flatMap(({ path, blocks }) => {
      const lines = readFileSync(join(workspace, path), 'utf8').split('\n');
      const fences = lines.flatMap((line, index) => (/^ *```/.test(line) ? [index + 1] : []));
      const openings = fences.filter((_line, index) => index % 2 === 0);
      return openings
        .filter((opening) => !blocks.some(({ line }) => line === opening))
        .map((line) => placeOf({ path, line }));
    });
    expect(missed).toEqual([]);
  });
});

describe('a block of code that does not hold', () => {
  it('is found by its types', async () => {
    const bad = block(
      'ts',
      "import { createMicroblog } from '@microblog/core';\ncreateMicroblog({ store: 1 });",
    );
    const good = block('js', "import { memoryStorage } from '@microblog/core';\nmemoryStorage();");
    const faults = await typeFaults(new Map(Object.entries({ bad, good })));
    expect(faults).toEqual([expect.stringMatching(/^bad\.ts\(2,.*'store' does not exist/)]);
  });

  it('is found where a line of it differs from the file, or another stands between', () => {
    const file = 'function f() {\n  one();\n  two();\n  three();\n}\n';
    expect(hasLines(file, 'one();\ntwo();')).toBe(true);
    expect(hasLines(file, 'one();\nthree();')).toBe(false);
    expect(hasLines(file, 'one()')).toBe(false);
  });

  it('is found where it is no JSON', () => {
    expect([isJson(block('json', '{"a":1}\n{"b":2}')), isJson(block('json', '{ a: 1 }'))]).toEqual([
      true,
      false,
    ]);
  });

  it('must be of a language that somebody has decided about', () => {
    expect(() => proofOf(block('pascal', ''))).toThrow('pascal');
  });
});
