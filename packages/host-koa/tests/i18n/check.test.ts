import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PackageCopy, packageCopy } from './package-copy.ts';

const FR = 'locales/fr/pages/layout.json';
const FR_PEOPLE = 'locales/fr/pages/people.json';
const FR_POSTS = 'locales/fr/pages/posts.json';
const EN = 'locales/en/pages/layout.json';
const EN_PEOPLE = 'locales/en/pages/people.json';
const AR_PEOPLE = 'locales/ar/pages/people.json';
const AR_POSTS = 'locales/ar/pages/posts.json';
const signIn = '    "sign_in": "Se connecter",\n    "register": "Créer un compte",\n';

/** What is spoilt, how, and the line that the command says about it. */
const faults: readonly (readonly [
  what: string,
  spoil: (copy: PackageCopy) => void,
  line: string | RegExp,
])[] = [
  [
    'a text that a language lacks',
    (copy) => copy.replace(FR, '"skip": "Aller au contenu",', ''),
    `${FR}: layout.skip: The text is missing. Add it; the text to translate is “Skip to content”.`,
  ],
  [
    'a text that English lacks',
    (copy) => copy.replace(FR, '"skip": "Aller', '"skipp": "Sauter",\n    "skip": "Aller'),
    `${FR}: layout.skipp: There is no such text. Correct the key, or take it out.`,
  ],
  [
    'a text that no code uses',
    (copy) => copy.replace(EN, '"skip": "Skip', '"skipp": "Jump",\n    "skip": "Skip'),
    `${EN}: layout.skipp: No code uses this text. Remove it from all languages: pnpm i18n:extract --remove-unused does.`,
  ],
  [
    'a text that a template uses and English lacks',
    (copy) => copy.replace('views/explore.njk', "t('explore.empty_text')", "t('explore.emptiness')"),
    /^views\/explore\.njk:\d+: pages:explore\.emptiness: The code uses this text, and English lacks it\. Correct the key, or pnpm i18n:extract and write the text\.$/m,
  ],
  [
    'a text that a module uses and English lacks',
    (copy) => copy.replace('src/views/alternates.ts', "'feed.everybody'", "'feed.nobody'"),
    /^src\/views\/alternates\.ts:\d+: pages:feed\.nobody: The code uses this text, and English lacks it\./m,
  ],
  [
    'a text of an error that English lacks',
    (copy) => copy.replace('locales/en/errors.json', '"post_not_found": {', '"post_lost": {'),
    /^src\/i18n\/error-texts\.ts:\d+: errors:codes\.post_not_found\.title: The code uses this text/m,
  ],
  [
    'a variable of a name that nothing fills in',
    (copy) =>
      copy.replace(FR_POSTS, 'Message de {{nickname}}",\n    "by"', 'Message de {{surnom}}",\n    "by"'),
    `${FR_POSTS}: post.title: Left out: {{nickname}}. Nothing is filled in for {{surnom}}. Fill in {{nickname}}.`,
  ],
  [
    'a variable of the browser that is left out',
    (copy) => copy.replace(AR_POSTS, 'المحارف المتبقية: {n}', 'المحارف المتبقية'),
    `${AR_POSTS}: composer.left: Left out: {n}. Fill in {n}.`,
  ],
  [
    'a number that a form of many numbers leaves out',
    (copy) => copy.replace(FR_PEOPLE, '"{{count, number}} abonné"', '"un abonné"'),
    `${FR_PEOPLE}: people.follower_count_one: Left out: {{count}}. Fill in {{count}}.`,
  ],
  [
    'a variable that the code does not give',
    (copy) =>
      copy.replace(
        'views/post.njk',
        "{% block title %}{{ t('post.title', { nickname: post.author.nickname }) }}",
        "{% block title %}{{ t('post.title') }}",
      ),
    /^views\/post\.njk:\d+: pages:post\.title: The code gives no nickname, which the text fills in\. Give it, or remove it from the text\.$/m,
  ],
  [
    'a plural form that the language has',
    (copy) => copy.replace(AR_PEOPLE, '    "posts_few": "منشورات",\n', ''),
    `${AR_PEOPLE}: profile.posts_few: ar has this plural form. Add it beside the others.`,
  ],
  [
    'a plural form that the language does not have',
    (copy) =>
      copy.replace(
        EN_PEOPLE,
        '    "posts_one": "post",',
        '    "posts_one": "post",\n    "posts_few": "posts",',
      ),
    `${EN_PEOPLE}: profile.posts_few: en has no plural form “few”, but one, other. Remove it.`,
  ],
  [
    'an empty text',
    (copy) => copy.replace(FR, '"Aller au contenu"', '""'),
    `${FR}: layout.skip: The text is empty. Translate “Skip to content”.`,
  ],
  [
    'white space around a text',
    (copy) => copy.replace(FR, '"Aller au contenu"', '"Aller au contenu "'),
    `${FR}: layout.skip: There is white space around the text. Remove it.`,
  ],
  [
    'another order than that of English',
    (copy) => copy.replace(FR, signIn, signIn.split('\n').slice(0, 2).reverse().join('\n').concat('\n')),
    `${FR}: layout.register: It is not in the place that it has in English. pnpm i18n:extract sorts.`,
  ],
  [
    'a key that is there twice',
    (copy) => copy.replace(FR, signIn, `    "sign_in": "Entrer",\n${signIn}`),
    `${FR}: The layout of the file is wrong, or a key is in it twice. pnpm i18n:extract writes it again.`,
  ],
  [
    'an invisible character that can be seen nowhere',
    (copy) => copy.replace(FR_POSTS, 'Qu’avez-vous en tête\\u202f?', 'Qu’avez-vous en tête\u202f?'),
    `${FR_POSTS}: The layout of the file is wrong`,
  ],
  [
    'a file that is no JSON',
    (copy) => copy.replace(FR, '"skip": "Aller au contenu",', '"skip": "Aller au contenu'),
    /^locales\/fr\/pages\/layout\.json: It is no JSON: .+ Correct the file\.$/m,
  ],
  [
    'a file that holds something else than texts',
    (copy) => copy.replace(FR, '"Aller au contenu"', '42'),
    `${FR}: It holds something else than texts under nested keys. Correct the file.`,
  ],
  [
    'a file that is not there',
    (copy) => rmSync(join(copy.folder, 'locales/fr/mails.json')),
    'locales/fr/mails.json: It can’t be read. pnpm i18n:extract makes it.',
  ],
  [
    'a file that nothing reads',
    (copy) => copy.write('locales/fr/page.json', '{}\n'),
    'locales/fr/page.json: Nothing reads this. Remove it',
  ],
  [
    'a file that English does not have',
    (copy) => copy.write('locales/fr/pages/page.json', '{}\n'),
    'locales/fr/pages/page.json: Nothing reads this. Remove it: each language has the files of English, and no others.',
  ],
  [
    'an area in two files',
    (copy) => copy.replace(EN_PEOPLE, '  "profile": {', '  "layout": {},\n  "profile": {'),
    `${EN_PEOPLE}: layout: locales/en/pages/layout.json has texts of it, too. Move all its texts into one file`,
  ],
  [
    'keys for the compiler that are not those of English',
    (copy) => copy.replace('src/i18n/text-params.ts', '"layout.skip"', '"layout.skipp"'),
    'src/i18n/text-params.ts: It does not name the texts that English has. pnpm i18n:extract writes it.',
  ],
  [
    'a folder that is no language',
    (copy) => mkdirSync(join(copy.folder, 'locales/french')),
    'locales/french/pages/accounts.json: “french” is not a language tag. Name the folder like fr or pt-BR.',
  ],
  [
    'a key that is built at run time and not declared',
    (copy) => copy.replace('views/explore.njk', "t('explore.empty_text')", "t('explore.' ~ what)"),
    /^views\/explore\.njk:\d+: explore\.\*: The key is built at run time, and its values are not declared\. Write the key out, or list in scripts\/i18n\/dynamic-keys\.ts what each \* stands for\.$/m,
  ],
  [
    'a key of which no part is written out',
    (copy) => copy.replace('src/views/alternates.ts', "'feed.everybody'", 'keyOfFeed'),
    /^src\/views\/alternates\.ts:\d+: The key is built at run time, and its values are not declared\./m,
  ],
  [
    'a declaration of keys that no code uses',
    (copy) => copy.replace('views/partials/navigation.njk', "t('places.' ~ name)", "t('home.title')"),
    'scripts/i18n/dynamic-keys.ts: pages:places.*: No code uses this key. Remove it.',
  ],
];

describe('pnpm i18n:check', () => {
  it('has nothing to say of these sources', () => {
    using copy = packageCopy();
    expect(copy.check()).toEqual({ code: 0, output: '' });
  });

  it('is a command, whose exit code says whether all is well', () => {
    using copy = packageCopy();
    copy.replace(FR, '"skip": "Aller au contenu",', '');
    const program = join(import.meta.dirname, '../../scripts/i18n/check.ts');
    const run = (...folder: string[]) =>
      spawnSync(process.execPath, ['--conditions=@microblog/source', program, ...folder], {
        encoding: 'utf8',
      });
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(run(copy.folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${FR}: layout.skip: The text is missing.`),
    });
  });

  it.each(faults)('fails for %s, with its place and what to do', (_, spoil, line) => {
    using copy = packageCopy();
    spoil(copy);
    const { code, output } = copy.check();
    expect(output).toMatch(line);
    expect(output).toMatch(/(One fault|\d+ faults) in texts\.\n$/);
    expect(code).toBe(1);
  });
});
