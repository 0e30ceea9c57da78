import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingRows, settingsInForm } from './setting-rows.ts';

describe('the rows of settings', () => {
  // A new setting needs a text, one line in the schema, and one in the groups.
  const schema = z.object({
    mailOnFollow: z.boolean().default(true),
    showSensitiveMedia: z.boolean().default(false),
    mailOnMention: z.boolean().default(true),
  });
  const groups = { mailOnFollow: 'mails', showSensitiveMedia: 'reading', mailOnMention: 'mails' };

  it('follow the schema, each group in its order', () => {
    const settings = { ...schema.parse({}), mailOnFollow: false };
    expect(settingRows('mails', settings, schema, groups)).toEqual([
      { name: 'mail_on_follow', on: false },
      { name: 'mail_on_mention', on: true },
    ]);
    expect(settingRows('reading', settings, schema, groups)).toEqual([
      { name: 'show_sensitive_media', on: false },
    ]);
  });

  it('are read from the form of their group only', () => {
    const form = { checked: (name: string) => name === 'mail_on_mention' };
    expect(settingsInForm('mails', form, schema, groups)).toEqual({
      mailOnFollow: false,
      mailOnMention: true,
    });
    expect(settingsInForm('another', form, schema, groups)).toEqual({});
  });
});
