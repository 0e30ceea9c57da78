import { describe, expect, it } from 'vitest';
import type { OwnTexts } from './own-texts.ts';
import { translations } from './translations.ts';

describe('texts of a host’s own', () => {
  it('replace ours, and leave the others', () => {
    const t = translations(['en', 'es'], { en: { pages: { layout: { sign_in: 'Come in' } } } });
    const ours = translations(['en', 'es']);
    expect(t.translate('en')('layout.sign_in')).toBe('Come in');
    expect(t.translate('en')('layout.sign_out')).toBe(ours.translate('en')('layout.sign_out'));
    expect(t.translate('es')('layout.sign_in')).toBe(ours.translate('es')('layout.sign_in'));
    expect(translations(['en']).translate('en')('layout.sign_in')).not.toBe('Come in');
  });

  it('may have keys of their own in `site`', () => {
    const t = translations(['en', 'es'], { en: { site: { hours: 'Open at {{hour}}' } } });
    expect(t.translate('en')('site:hours', { hour: 9 })).toBe('Open at 9');
    expect(t.translate('es')('site:hours', { hour: 9 })).toBe('Open at 9');
  });

  it('may add a language, whose missing texts are those of the fallback', () => {
    const t = translations(['en', 'pt'], {
      pt: {
        pages: { layout: { sign_in: 'Entrar' }, people: { follower_count_many: '{{count}} seguidores' } },
      },
    });
    expect(t.languages[1]).toEqual({ code: 'pt', name: 'Português', dir: 'ltr' });
    expect(t.translate('pt')('layout.sign_in')).toBe('Entrar');
    expect(t.translate('pt')('layout.sign_out')).toBe('Sign out');
  });

  it.each([
    [
      { en: { pages: { layout: { sign_inn: 'a' } } } },
      'locales.en.pages: there is no text "layout.sign_inn"',
    ],
    [{ en: { pages: { layout: 'a' } } }, 'locales.en.pages: there is no text "layout"'],
    [{ en: { page: {} } }, 'locales.en: there is no catalogue "page"'],
    [{ en: { constructor: {} } }, 'locales.en: there is no catalogue "constructor"'],
    [{ english: { pages: {} } }, 'locales: "english"'],
    [{ EN: { pages: {} } }, 'locales: "EN" is not a language tag'],
  ])('are refused if they would change nothing: %j', (texts, message) => {
    expect(() => translations(['en'], texts as unknown as OwnTexts)).toThrow(message);
  });
});
