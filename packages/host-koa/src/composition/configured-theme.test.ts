import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { configuredTheme } from './configured-theme.ts';

const themeOf = (variables: Record<string, string>) => configuredTheme(loadConfig(variables).site);

describe('the configured theme', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'microblog-theme-'));
    await writeFile(join(directory, 'theme.json'), '{ "brand": "There" }');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is that of the folder, with the brand of the environment if there is one', () => {
    expect(themeOf({ THEME_DIR: directory })).toEqual({ brand: 'There' });
    expect(themeOf({ THEME_DIR: directory, BRAND: 'Here' })).toEqual({ brand: 'Here' });
    expect(themeOf({ BRAND: 'Here' })).toEqual({ brand: 'Here' });
    expect(themeOf({})).toEqual({});
  });

  it.each([
    [{ THEME_DIR: 'nowhere' }, 'Configuration: THEME_DIR: there is no folder nowhere'],
    [{ LANGUAGES: 'en,de' }, 'THEME_DIR: There is no catalogue for the language "de"'],
  ])('is refused in one line: %j', (variables, message) => {
    expect(() => themeOf({ THEME_DIR: directory, ...variables })).toThrow(message);
  });
});
