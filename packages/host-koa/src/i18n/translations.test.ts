import { describe, expect, it } from 'vitest';
import { errorTexts, fieldText } from './error-texts.ts';
import { translations } from './translations.ts';

const offered = translations(['en', 'es']);

describe('translations.negotiate', () => {
  it.each([
    ['es', 'es'],
    ['es-UY,es;q=0.9,en;q=0.8', 'es'],
    ['fr,de', 'en'],
    ['fr, es;q=0.5', 'es'],
    ['en;q=0.2, es;q=0.8', 'es'],
    ['es;q=0, en', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['%%%;;;,,,', 'en'],
    [undefined, 'en'],
  ])('answers %j with %s', (header, language) => {
    expect(offered.negotiate(header)).toBe(language);
  });

  it('falls back to the first language that is offered', () => {
    expect(translations(['es', 'en']).negotiate('fr')).toBe('es');
    expect(translations(['es']).negotiate('en')).toBe('es');
  });
});

describe('translations', () => {
  it('names each language in itself, with its direction', () => {
    expect(offered.languages).toEqual([
      { code: 'en', name: 'English', dir: 'ltr' },
      { code: 'es', name: 'Español', dir: 'ltr' },
    ]);
    expect(translations(['fr', 'ar']).languages).toEqual([
      { code: 'fr', name: 'Français', dir: 'ltr' },
      { code: 'ar', name: 'العربية', dir: 'rtl' },
    ]);
  });

  it('offers its own languages only', () => {
    expect([translations(['es']).offers('en'), offered.offers('en'), offered.offers('__proto__')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each([[[]], [['de']], [['en', 'constructor']]])('refuses the languages %j', (codes) => {
    expect(() => translations(codes)).toThrow(/There is no catalogue for the language/);
  });

  it('does not change another one in the same process', () => {
    const spanish = translations(['es']);
    expect(spanish.translate('es')('layout.sign_in')).not.toBe(offered.translate('en')('layout.sign_in'));
    expect(spanish.translate('en')('layout.sign_in')).toBe(spanish.translate('es')('layout.sign_in'));
  });
});

describe('translations.nearest', () => {
  it.each([
    ['es', 'es'],
    ['es-UY', 'es'],
    ['ES', 'es'],
    ['fr', null],
    ['', null],
    ['%%', null],
    ['__proto__', null],
  ])('finds for %j %j', (tag, code) => {
    expect(offered.nearest(tag)).toBe(code);
  });
});

describe('translate into Arabic', () => {
  const t = translations(['ar']).translate('ar');

  it('isolates names from the text around them', () => {
    expect(t('post.title', { nickname: 'ada.' })).toBe('منشور \u2068ada.\u2069');
  });

  it.each([
    [0, 'بلا متابِعين'],
    [1, 'متابِع واحد'],
    [2, 'متابِعان'],
    [3, '3 متابِعين'],
    [11, '11 متابِعًا'],
    [100, '100 متابِع'],
    [1234, '1,234 متابِعًا'],
  ])('counts %i', (count, text) => {
    expect(t('people.follower_count', { count })).toBe(text);
  });
});

describe('translate into French', () => {
  const t = translations(['fr']).translate('fr');

  it.each([
    [0, '0 abonné'],
    [1, '1 abonné'],
    [2, '2 abonnés'],
    [1_000_000, '1\u202f000\u202f000 d’abonnés'],
  ])('counts %i', (count, text) => {
    expect(t('people.follower_count', { count })).toBe(text);
  });
});

describe('translate', () => {
  const t = offered.translate('en');

  it('inserts user input unchanged: no escapes, no nesting, no second pass', () => {
    for (const nickname of ['<b>&', '$t(layout.sign_in)', '{{nickname}}', '{{date}}']) {
      expect(t('post.title', { nickname })).toContain(nickname);
    }
  });

  it('chooses the plural', () => {
    expect(t('people.follower_count', { count: 1 })).not.toContain('followers');
    expect(t('people.follower_count', { count: 1234 })).toContain('1,234');
  });
});

describe('the texts of errors', () => {
  const t = offered.translate('es');

  it('are a title and a text that says what to do', () => {
    const { title, text } = errorTexts(t, 'post_not_found');
    expect(title.length * text.length).toBeGreaterThan(0);
    expect(title + text).not.toContain('codes.');
  });

  it('lead to search only if the site has it', () => {
    const search = t('places.search');
    expect(errorTexts(t, 'user_not_found').text).toContain(search);
    expect(errorTexts(t, 'user_not_found', { hasSearch: false }).text).not.toContain(search);
  });

  it('name the address of a provider that is refused', () => {
    const details = { email: 'user/dept@example.org' };
    const { title, text } = errorTexts(t, 'identity_without_email', { details });
    expect(text).toContain(details.email);
    expect(title).not.toBe(errorTexts(t, 'identity_without_email').title);
  });

  it('are specific to the field if the catalogue has a text for it', () => {
    const required = (field: string) => fieldText(t, { field, problem: 'required', params: {} });
    expect(required('body')).not.toBe(required('somewhere'));
  });

  it('include the limit', () => {
    expect(fieldText(t, { field: 'body', problem: 'too_long', params: { max: 140, count: 141 } })).toContain(
      '140',
    );
  });
});
