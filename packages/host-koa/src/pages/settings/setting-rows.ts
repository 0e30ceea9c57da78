import { type Settings, settingsSchema } from '@microblog/core';
import type { Form } from '../../http/forms/form.ts';

/** The parts of the settings page that have rows of settings. Each is a form. */
export type SettingsGroup = 'mails';

/** The group of each setting: a new setting does not compile until it has a line here. */
export const settingsGroups: Readonly<Record<keyof Settings, SettingsGroup>> = {
  mailOnFollow: 'mails',
};

/** A setting that is on or off, as the page shows it. Its label is the text `settings.<name>`. */
export interface SettingRow {
  /** Also the name of the field. */
  readonly name: string;
  readonly on: boolean;
}

interface Catalogue {
  readonly shape: Readonly<Record<string, unknown>>;
}

/** A row for each setting of the group, in the order of the schema. */
export function settingRows(
  group: string,
  settings: Readonly<Record<string, boolean>>,
  { shape }: Catalogue = settingsSchema,
  groups: Readonly<Record<string, string>> = settingsGroups,
): SettingRow[] {
  return Object.keys(shape).flatMap((key) =>
    groups[key] === group ? [{ name: fieldName(key), on: settings[key] === true }] : [],
  );
}

/** The settings of the group from a form: browsers send no field for a box that is not ticked. */
export function settingsInForm(
  group: string,
  form: Pick<Form, 'checked'>,
  { shape }: Catalogue = settingsSchema,
  groups: Readonly<Record<string, string>> = settingsGroups,
): Readonly<Record<string, boolean>> {
  const keys = Object.keys(shape).filter((key) => groups[key] === group);
  return Object.fromEntries(keys.map((key) => [key, form.checked(fieldName(key))]));
}

/** `mailOnFollow` as forms and texts spell it: `mail_on_follow`. */
export function fieldName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
