import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { translationReport } from './translation-report.ts';

/** A theme with these files in `locales`. */
function theme(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-theme-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, 'locales', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

const report = (files: Readonly<Record<string, unknown>>, languages: readonly string[] = ['en', 'es']) =>
  translationReport({ languages, themeDirectory: theme(files) });

const counts = { people: { follower_count_one: '1 leitor', follower_count_other: '{{count}} leitores' } };

describe('translationReport', () => {
  it.each([[undefined], [theme.bind(null, {})]])('finds no fault if there are no own texts', (make) => {
    const { languages, faults, missing } = translationReport({
      languages: ['en', 'fr', 'ar'],
      themeDirectory: make?.(),
    });
    expect([faults, missing]).toEqual([[], []]);
    expect(languages).toEqual(
      ['en', 'fr', 'ar'].map((language) => ({
        ...{ language, offered: true, own: 0, missing: 0 },
        texts: languages[0]?.texts,
      })),
    );
  });

  it('accepts own texts with fewer variables or only one of the plural forms', () => {
    const { languages, faults, missing } = report({
      'en/pages.json': { layout: { sign_in: 'Come in' }, people: { follower_count_one: 'one reader' } },
      'es/mails.json': { followed: { subject: 'Alguien te sigue' } },
    });
    expect([faults, missing]).toEqual([[], []]);
    expect(languages.map(({ own }) => own)).toEqual([2, 1]);
  });

  it('takes a folder of files as one catalogue', () => {
    const { languages, faults } = report({
      'en/pages/a.json': { layout: { sign_in: 'Come in' } },
      'en/pages/b.json': { post: { by: 'By {{nickname}}', bye: '…' } },
    });
    expect(languages[0]?.own).toBe(3);
    expect(faults).toEqual([
      expect.objectContaining({ kind: 'unknown', key: 'post.bye', file: expect.stringMatching(/b\.json$/) }),
    ]);
  });

  it('counts the missing texts of an operator’s language, and reports whether it is offered', () => {
    const { languages, faults, missing } = report({ 'pt/pages.json': { layout: { sign_in: 'Entrar' } } }, [
      'en',
    ]);
    expect(faults).toEqual([]);
    expect(languages[1]).toEqual({
      ...{ language: 'pt', offered: false, own: 1 },
      texts: languages[0]?.texts,
      missing: (languages[0]?.texts ?? 0) - 1,
    });
    expect(missing).toContainEqual(
      expect.objectContaining({
        key: 'codes.internal.title',
        file: expect.stringMatching(/pt\/errors\.json$/),
      }),
    );
  });

  it('compares the site’s own texts with those of its first language', () => {
    const { faults, missing, languages } = report({
      'en/site.json': { hours: 'Open at {{hour}}', address: 'Main Street' },
      'es/site.json': { hours: 'Abre a las {{hora}}' },
    });
    expect(faults).toMatchObject([
      { kind: 'variables', key: 'hours', file: expect.stringMatching(/es\/site/) },
    ]);
    expect(missing).toMatchObject([{ key: 'address' }]);
    expect(languages.map(({ missing: lacking }) => lacking)).toEqual([0, 1]);
  });

  it.each<[what: string, files: Readonly<Record<string, unknown>>, fault: object]>([
    [
      'a key that we do not have',
      { 'en/pages.json': { layout: { sign_inn: 'a' } } },
      { kind: 'unknown', key: 'layout.sign_inn' },
    ],
    [
      'an unknown variable',
      { 'en/pages.json': { post: { by: 'By {{author}}' } } },
      { kind: 'variables', key: 'post.by' },
    ],
    [
      'a form that the language does not have',
      { 'en/pages.json': { people: { follower_count_few: '{{count}}' } } },
      { kind: 'plural_unknown', key: 'people.follower_count_few' },
    ],
    [
      'a form that the language has',
      { 'pt/pages.json': counts },
      { kind: 'plural_missing', key: 'people.follower_count_many' },
    ],
    [
      'an empty text',
      { 'es/pages.json': { layout: { sign_in: ' ' } } },
      { kind: 'empty', key: 'layout.sign_in' },
    ],
    ['white space around a text', { 'es/pages.json': { layout: { sign_in: 'Entra ' } } }, { kind: 'padded' }],
    ['invalid JSON', { 'en/pages.json': '{"layout": ' }, { kind: 'unreadable', key: null }],
    ['a value that is not a text', { 'en/pages.json': { layout: { sign_in: 1 } } }, { kind: 'unreadable' }],
    ['an unknown catalogue', { 'en/page.json': {} }, { kind: 'unexpected' }],
    ['a folder that holds no texts', { 'en/pages/note.txt': '' }, { kind: 'unexpected' }],
    ['a file of another kind', { 'en/pages.txt': '' }, { kind: 'unexpected' }],
    ['a folder that is no language', { 'english/pages.json': {} }, { kind: 'unexpected' }],
  ])('reports %s', (_, files, fault) => {
    const { faults } = report(files);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject(fault);
    expect(faults[0]?.file).toMatch(new RegExp(`locales/${Object.keys(files)[0]?.split('/')[0]}`));
    expect([faults[0]?.problem, faults[0]?.remedy]).toEqual([
      expect.stringMatching(/\.$/),
      expect.stringMatching(/\.$/),
    ]);
  });
});
