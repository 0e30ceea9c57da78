import { describe, expect, it } from 'vitest';
import { footerSchema, footerView } from './footer.ts';

describe('footerView', () => {
  const footer = { text: { en: 'Hello', es: 'Hola' }, links: [{ text: 'Imprint', href: '/imprint' }] };

  it.each([
    ['es', 'en', 'Hola'],
    ['fr', 'es', 'Hola'],
    ['fr', 'de', 'Hello'],
  ])('speaks to a reader of %s, falling back to %s', (lang, fallback, text) => {
    expect(footerView(footer, lang, fallback)).toEqual({
      text,
      links: [{ text: 'Imprint', href: '/imprint' }],
    });
  });

  it('is empty by default', () => {
    expect(footerView({}, 'en', 'en')).toEqual({ text: null, links: [] });
  });
});

describe('a link of the footer', () => {
  it.each(['/imprint', 'https://example.org/a?b#c', 'mailto:a@example.org'])('may lead to %s', (href) => {
    expect(footerSchema.safeParse({ links: [{ text: 'a', href }] }).success).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    '//example.org',
    '/\\example.org',
    'imprint',
    'https://',
    '/a b',
    'data:text/html,x',
  ])('may not lead to %s', (href) => {
    expect(footerSchema.safeParse({ links: [{ text: 'a', href }] }).success).toBe(false);
  });
});
