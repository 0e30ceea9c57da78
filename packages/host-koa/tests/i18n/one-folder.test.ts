import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { compiledCatalogues } from '../../scripts/compiled-catalogues.js';
import type { translations } from '../../src/i18n/translations.ts';
import { type PackageCopy, packageCopy } from './package-copy.ts';

/** The module as the build makes it of the copy. */
async function built(copy: PackageCopy): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(copy.folder, 'src/i18n/translations.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    nodePaths: [join(import.meta.dirname, '../../node_modules')],
    plugins: [compiledCatalogues(join(copy.folder, 'locales'))],
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('a folder more in locales', () => {
  it('is a language more in the build, which reads no file when it is started', async () => {
    using copy = packageCopy();
    mkdirSync(join(copy.folder, 'locales/pl'));
    copy.extract();
    copy.replace(
      'locales/pl/pages/layout.json',
      '"sign_in": "",\n    "register"',
      '"sign_in": "Zaloguj się",\n    "register"',
    );
    const source = await built(copy);
    expect(source).not.toMatch(/readFileSync|readdirSync|node:fs|"fs"/);

    const made: { translations: typeof translations } = await import(
      `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
    );
    const offered = made.translations(['en', 'pl', 'ar']);
    expect(offered.languages[1]).toEqual({ code: 'pl', name: 'Polski', dir: 'ltr' });
    expect(offered.translate('pl')('layout.sign_in')).toBe('Zaloguj się');
    expect(offered.translate('ar')('layout.sign_in')).toBe('تسجيل الدخول');
  });

  it('shows in English what is still to be translated', async () => {
    using copy = packageCopy();
    mkdirSync(join(copy.folder, 'locales/pl'));
    copy.extract();
    const source = await built(copy);
    const made = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
    expect(made.translations(['en', 'pl']).translate('pl')('layout.sign_in')).toBe('Sign in');
  });
});
