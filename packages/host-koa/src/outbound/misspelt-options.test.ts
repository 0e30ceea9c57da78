import { expect, it } from 'vitest';
import { smtpMailer } from './mail/smtp-mailer.ts';
import { hostMailTexts } from './mail-texts/host-mail-texts.ts';
import { azureTranslator } from './translation/azure-translator.ts';
import { libreTranslateTranslator } from './translation/libretranslate-translator.ts';

const misspelt = (options: object) => options as never;
const server = { host: 'mail.example.org', port: 25, encryption: 'optional' };
const site = { origin: 'https://blog.example.org', secretKeys: ['a secret key for tests alone'] };

it.each<[what: string, call: () => unknown, hint: string]>([
  [
    'hostMailTexts',
    () => hostMailTexts(misspelt({ ...site, basepath: '/blog' })),
    "hostMailTexts: there is no option 'basepath': did you mean 'basePath'?",
  ],
  [
    'smtpMailer',
    () => smtpMailer(misspelt({ server, from: 'blog@example.org', answerTimeouts: 5 })),
    "smtpMailer: there is no option 'answerTimeouts': did you mean 'answerTimeout'?",
  ],
  [
    'azureTranslator',
    () => azureTranslator(misspelt({ key: 'secret', regoin: 'westeurope' })),
    "azureTranslator: there is no option 'regoin': did you mean 'region'?",
  ],
  [
    'libreTranslateTranslator',
    () => libreTranslateTranslator(misspelt({ url: 'http://127.0.0.1:5000', timeoutMS: 5 })),
    "libreTranslateTranslator: there is no option 'timeoutMS': did you mean 'timeoutMs'?",
  ],
])('an option of %s that is misspelt is refused', (_, call, hint) => {
  expect(call).toThrow(hint);
});

it('hostMailTexts takes the theme of the pages too', () => {
  expect(() =>
    hostMailTexts(misspelt({ ...site, brand: 'Blog', views: './views', theme: {} })),
  ).not.toThrow();
});
