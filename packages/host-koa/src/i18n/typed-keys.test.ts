import { describe, expect, it } from 'vitest';
import type { FlashCode } from '../http/sessions/flash.ts';
import { type Translate, translations } from './translations.ts';

const t: Translate = translations(['en']).translate('en');

// The compiler checks this file: an expected error that does not occur is an error.
describe('keys of texts', () => {
  it('are those of the catalogues', () => {
    expect(t('layout.sign_in')).toBe('Sign in');
    expect(t('mails:followed.unsubscribe')).not.toBe('');
    // @ts-expect-error: misspelt
    expect(t('layout.sign_inn')).toBe('layout.sign_inn');
    // @ts-expect-error: in another catalogue
    t('followed.unsubscribe');
    // @ts-expect-error: a group of texts
    t('layout');
  });

  it('are one for all plural forms', () => {
    expect(t('new_posts.count', { count: 2 })).toBe('2 new posts');
    // @ts-expect-error: a plural form
    t('new_posts.count_other', { count: 2 });
  });

  it('need the values that the text fills in', () => {
    expect(t('post.title', { nickname: 'ada' })).toContain('ada');
    // @ts-expect-error: no value
    t('post.title');
    // @ts-expect-error: misspelt
    t('post.title', { nickame: 'ada' });
    // @ts-expect-error: a count is a number
    t('new_posts.count', { count: '2' });
  });

  it('may be built at run time from a union', () => {
    const code = 'followed' as FlashCode;
    expect(t(`flash.${code}`, { nickname: 'ada' })).toContain('ada');
    // @ts-expect-error: some of these texts need a nickname
    t(`flash.${code}`);
    // @ts-expect-error: a misspelt family
    t(`flashes.${code}`, { nickname: 'ada' });
    const text: string = code;
    // @ts-expect-error: any text
    t(`flash.${text}`, { nickname: 'ada' });
  });

  it('accept any key of a host’s own texts', () => {
    const own = translations(['en'], { en: { site: { hours: 'Open at {{hour}}' } } }).translate('en');
    expect(own('site:hours', { hour: 9 })).toBe('Open at 9');
  });
});
