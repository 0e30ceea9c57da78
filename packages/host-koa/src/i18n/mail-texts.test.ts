import { expect, it } from 'vitest';
import { mailTexts } from './mail-texts.ts';
import { translations } from './translations.ts';

const texts = mailTexts(translations(['en', 'es']));

it.each([
  ['en', 'john is now following you'],
  ['es', 'john ahora te sigue'],
  ['es-UY', 'john ahora te sigue'],
  ['fr', 'john is now following you'],
  [null, 'john is now following you'],
])('writes to somebody whose locale is %s', (locale, subject) => {
  expect(texts.followed({ nickname: 'john', locale })).toEqual({ subject, text: `${subject}.\n` });
});

it('fills in a nickname as it is', () => {
  expect(texts.followed({ nickname: '$t(followed.text)', locale: 'en' }).subject).toContain('$t(');
});
