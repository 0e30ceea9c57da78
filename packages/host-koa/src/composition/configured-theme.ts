import { existsSync } from 'node:fs';
import { translations } from '../i18n/translations.ts';
import { readTheme } from '../site/theming/read-theme.ts';
import { siteLook } from '../site/theming/site-look.ts';
import type { Theming } from '../site/theming/theming.ts';
import type { Config } from './config.ts';
import { ConfigurationError } from './configuration-error.ts';

/**
 * The look of the site, read from the configured folder.
 * @throws {ConfigurationError} if the folder is missing, or contains something that can't be used.
 */
export function configuredTheme({ brand, themeDirectory, languages }: Config['site']): Theming {
  if (themeDirectory !== undefined && !existsSync(themeDirectory)) {
    throw new ConfigurationError([`THEME_DIR: there is no folder ${themeDirectory}`]);
  }
  try {
    const read = themeDirectory === undefined ? {} : readTheme(themeDirectory);
    const theme = brand === undefined ? read : { ...read, brand };
    siteLook(theme, languages[0] ?? 'en');
    translations(languages, theme.locales);
    return theme;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`THEME_DIR: ${message}`]);
  }
}
