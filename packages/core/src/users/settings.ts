import { z } from 'zod';

/**
 * What members choose for themselves, with defaults. A new setting needs a line here, a line in `setting-rows.ts` of the
 * settings page, and its text `settings.<name>`. The description says what the setting does.
 */
export const settingsSchema = z.object({
  mailOnFollow: z.boolean().default(true).describe('A mail when a member gets a new follower.'),
});

/** What a member chose, with the defaults filled in. */
export type Settings = z.output<typeof settingsSchema>;

/**
 * Settings as storages keep them: only what the member chose. So a new default applies to all members who chose
 * nothing. May contain settings of another release.
 */
export type StoredSettings = Readonly<Record<string, unknown>>;

/** Reads stored settings. A missing or invalid setting gets its default. */
export function readSettings(stored: StoredSettings): Settings {
  const defaults = settingsSchema.parse({});
  const valid = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return { ...defaults, ...Object.fromEntries(valid) };
}

/**
 * The given settings that differ from what the member has. The others are not a choice of the member: forms send all
 * their settings, also those that the member left at the default.
 */
export function changedSettings(stored: StoredSettings, given: SettingsChange): StoredSettings {
  const before: StoredSettings = readSettings(stored);
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== undefined && value !== before[name]),
  );
}

/** Accepts some of the settings. Those that are left out stay as they are. */
export const settingsChangeSchema = z.object(partialShape(settingsSchema.shape));

type SettingsChange = z.output<typeof settingsChangeSchema>;

function partialShape<Shape extends Readonly<Record<string, z.ZodDefault<z.ZodType>>>>(shape: Shape) {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, schema.unwrap().optional()]),
  ) as { [Name in keyof Shape]: z.ZodOptional<Shape[Name]['def']['innerType']> };
}
