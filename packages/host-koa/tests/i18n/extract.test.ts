import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageCopy } from './package-copy.ts';

const keysOf = (json: string, group: string): string[] => Object.keys(JSON.parse(json)[group]);

describe('pnpm i18n:extract', () => {
  it('changes nothing where nothing is missing', () => {
    using copy = packageCopy();
    expect(copy.extract()).toEqual({ code: 0, output: 'Nothing to add.\n' });
  });

  it('adds what the code asks for to every language, with its plural forms, to be written', () => {
    using copy = packageCopy();
    copy.replace(
      'views/explore.njk',
      "t('explore.empty_text')",
      "t('explore.nobody') + t('explore.waiting', { count: 3 })",
    );
    copy.replace('src/views/alternates.ts', "t('feed.user'", "t('mails:followed.again'");
    const { code, output } = copy.extract();
    expect(code).toBe(0);
    expect(output).toContain('locales/fr/pages/timelines.json: explore.nobody added, to be written\n');
    expect(output).toContain('locales/es/mails.json: followed.again added, to be written\n');
    expect(keysOf(copy.read('locales/en/pages/timelines.json'), 'explore').slice(-3)).toEqual([
      'nobody',
      'waiting_one',
      'waiting_other',
    ]);
    expect(keysOf(copy.read('locales/ar/pages/timelines.json'), 'explore').slice(-7)).toEqual([
      'nobody',
      ...['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => `waiting_${form}`),
    ]);
    const checked = copy.check();
    expect(checked.code).toBe(1);
    expect(checked.output).toContain(
      'locales/en/pages/timelines.json: explore.nobody: The text is empty. Write it.',
    );
    expect(checked.output).toContain(
      'locales/ar/pages/timelines.json: explore.waiting_two: The text is empty.',
    );
  });

  it('writes the texts of a new area into a file of its name', () => {
    using copy = packageCopy();
    copy.replace('views/explore.njk', "t('explore.empty_text')", "t('threads.empty')");
    expect(copy.extract().output).toContain(
      'locales/fr/pages/threads.json: threads.empty added, to be written\n',
    );
    expect(JSON.parse(copy.read('locales/fr/pages/threads.json'))).toEqual({ threads: { empty: '' } });
  });

  it('makes a new language of an empty folder', () => {
    using copy = packageCopy();
    mkdirSync(join(copy.folder, 'locales/pl'));
    expect(copy.extract().code).toBe(0);
    expect(keysOf(copy.read('locales/pl/errors.json'), 'fields')).toEqual(
      keysOf(copy.read('locales/en/errors.json'), 'fields'),
    );
    expect(keysOf(copy.read('locales/pl/pages/people.json'), 'people')).toContain('follower_count_few');
    const { output } = copy.check();
    expect(output).toContain(
      'locales/pl/pages/layout.json: layout.skip: The text is empty. Translate “Skip to content”.',
    );
    expect(output).not.toMatch(/is missing|plural form|is not in the place/);
  });

  it('puts in order and keeps every text; takes out what is unused where it is asked to', () => {
    using copy = packageCopy();
    const before = copy.read('locales/fr/pages/layout.json');
    copy.replace('locales/fr/pages/layout.json', '    "skip": "Aller au contenu",\n', '');
    copy.replace(
      'locales/fr/pages/layout.json',
      '"theme_dark": "Sombre"',
      '"theme_dark": "Sombre",\n    "skip": "Aller au contenu"',
    );
    expect(copy.extract().output).toBe('locales/fr/pages/layout.json: put in order\n');
    expect(copy.read('locales/fr/pages/layout.json')).toBe(before);

    for (const language of ['en', 'es', 'fr', 'ar']) {
      copy.replace(`locales/${language}/mails.json`, '  "reason_past"', '  "regards": "…",\n  "reason_past"');
    }
    expect(copy.extract()).toEqual({ code: 0, output: 'src/i18n/text-params.ts: written\n' });
    expect(copy.extract({ removeUnused: true }).output.trim().split('\n')).toEqual([
      ...['en', 'ar', 'es', 'fr'].map((language) => `locales/${language}/mails.json: regards taken out`),
      'src/i18n/text-params.ts: written',
    ]);
    expect(copy.check()).toEqual({ code: 0, output: '' });
  });

  it('writes nothing where a file can’t be read', () => {
    using copy = packageCopy();
    copy.replace('locales/fr/pages/layout.json', '"skip": "Aller au contenu",', '"skip": 1,');
    copy.replace('views/explore.njk', "t('explore.empty_text')", "t('explore.nobody')");
    const { code, output } = copy.extract();
    expect([code, output]).toEqual([
      1,
      'locales/fr/pages/layout.json: It holds something else than texts under nested keys. Correct the file, then extract again.\n',
    ]);
    expect(copy.read('locales/en/pages/timelines.json')).not.toContain('"nobody"');
  });
});
