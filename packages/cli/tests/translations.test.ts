import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMicroblog, temporaryFolder } from '../../../tests/support/microblog-process.ts';

describe('microblog translations check', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await write('good', 'en', { layout: { sign_in: 'Come in' } });
    await write('good', 'pt', { layout: { sign_in: 'Entrar' } });
    await write('bad', 'en', { layout: { sign_inn: 'Come in' } });
  });
  afterAll(() => folder.remove());

  async function write(theme: string, language: string, texts: object): Promise<void> {
    const path = join(folder.path, theme, 'locales', language);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'pages.json'), JSON.stringify(texts));
  }
  const check = (variables: Record<string, string>, ...options: string[]) =>
    runMicroblog(['translations', 'check', ...options], folder.path, variables);

  it('finds no fault if the site has no texts of its own', async () => {
    const { code, stdout, stderr } = await check({ LANGUAGES: 'en,es,fr,ar' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^LANGUAGE {2}OFFERED {2}TEXTS {2}OWN {2}MISSING\n/);
    for (const language of ['en', 'es', 'fr', 'ar']) {
      expect(stdout).toMatch(new RegExp(`^${language} +yes +\\d+ +0 +0$`, 'm'));
    }
    expect(stdout).toMatch(/\nNothing is wrong\.\n$/);
  });

  it('counts missing texts, and fails for them with --complete', async () => {
    const variables = { THEME_DIR: 'good', LANGUAGES: 'en,pt' };
    const { code, stdout } = await check(variables);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pt +yes +\d+ +1 +\d{3}$/m);
    expect(stdout).toMatch(/Nothing is wrong\. Missing texts are shown in en; --complete names them\.\n$/);
    const complete = await check(variables, '--complete');
    expect(complete.code).toBe(1);
    expect(complete.stdout).toContain(
      'good/locales/pt/pages.json: layout.sign_out: The text is missing. Add it; the text to translate is “Sign out”.\n',
    );
  });

  it('fails for a wrong text, with file, key and remedy, as text and as JSON', async () => {
    const { code, stdout } = await check({ THEME_DIR: 'bad' });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'bad/locales/en/pages.json: layout.sign_inn: There is no such text. Correct the key, or take it out.\nOne fault.\n',
    );
    const json = await check({ THEME_DIR: 'bad' }, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      languages: [
        { language: 'en', offered: true, own: 1, missing: 0 },
        { language: 'es', offered: true, own: 0, missing: 0 },
      ],
      faults: [{ kind: 'unknown', key: 'layout.sign_inn', file: 'bad/locales/en/pages.json' }],
      missing: [],
    });
  });

  it('reports a missing folder', async () => {
    const { code, stdout, stderr } = await check({ THEME_DIR: 'nowhere' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^microblog: .*THEME_DIR: there is no folder nowhere\n$/);
  });
});
