import { silentLogger } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { refusedConfiguration } from '../../tests/support/refused-configuration.ts';
import { loadConfig, secretsOf } from './config.ts';
import { configurationTable } from './configuration-table.ts';
import { configuredTranslator } from './translation-config.ts';

const KEY = '0123456789abcdef-secret';
const azure = { TRANSLATOR: 'azure', TRANSLATOR_KEY: KEY };
const libre = { TRANSLATOR: 'libretranslate', TRANSLATOR_URL: 'http://127.0.0.1:5000' };

describe('the translator', () => {
  it.each([
    [{}, { kind: 'none' }],
    [{ TRANSLATOR: 'none', TRANSLATOR_KEY: KEY }, { kind: 'none' }],
    [
      azure,
      { kind: 'azure', url: 'https://api.cognitive.microsofttranslator.com', key: KEY, region: undefined },
    ],
    [
      {
        ...azure,
        TRANSLATOR_REGION: 'westeurope',
        TRANSLATOR_URL: 'https://name.cognitiveservices.azure.com/',
      },
      { kind: 'azure', url: 'https://name.cognitiveservices.azure.com/', key: KEY, region: 'westeurope' },
    ],
    [libre, { kind: 'libretranslate', url: 'http://127.0.0.1:5000', key: undefined }],
    [
      { ...libre, TRANSLATOR_KEY: KEY },
      { kind: 'libretranslate', url: 'http://127.0.0.1:5000', key: KEY },
    ],
  ])('follows the variables on every host: %j', (variables, expected) => {
    expect(loadConfig(variables).translation).toEqual(expected);
    const heroku = {
      HEROKU: '1',
      DATABASE_URL: 'postgres://db.example.org/blog',
      SECRET_KEY: 'k'.repeat(16),
    };
    expect(loadConfig({ ...heroku, ...variables }).translation).toEqual(expected);
  });

  it.each([
    [{ TRANSLATOR: 'azure' }, 'TRANSLATOR_KEY: required with TRANSLATOR=azure'],
    [{ TRANSLATOR: 'libretranslate' }, 'TRANSLATOR_URL: required with TRANSLATOR=libretranslate'],
    [{ TRANSLATOR: 'google' }, 'TRANSLATOR: expected none, azure or libretranslate, got "google"'],
    [
      { ...azure, TRANSLATOR_URL: 'http://translate.example.org' },
      'TRANSLATOR_URL: the key would cross the network',
    ],
    [{ ...libre, TRANSLATOR_URL: 'translate.example.org' }, 'TRANSLATOR_URL: expected an address such as'],
    [
      { ...libre, TRANSLATOR_URL: 'http://user:password@host' },
      'TRANSLATOR_URL: expected an address such as',
    ],
    [{ ...azure, TRANSLATOR_KEY: 'two words' }, 'TRANSLATOR_KEY: expected a key without spaces'],
    [
      { ...azure, TRANSLATOR_REGION: 'west europe' },
      'TRANSLATOR_REGION: expected a region such as westeurope',
    ],
  ])('is refused if variables are missing or contradict each other: %j', (variables, fault) => {
    const message = refusedConfiguration(variables).message;
    expect(message).toContain(fault);
    expect(message).not.toMatch(/secret|two words|password@/);
  });

  it('has a key that is shown nowhere', () => {
    const config = loadConfig(azure);
    expect(secretsOf(config)).toContain(KEY);
    const shown = configurationTable(azure, config).find(({ name }) => name === 'TRANSLATOR_KEY');
    expect(shown?.value).toBe('********');
  });

  it.each([
    [{}, false, 'none'],
    [azure, true, 'Azure AI Translator'],
    [libre, true, 'LibreTranslate'],
  ])('is made of its configuration: %j', (variables, enabled, name) => {
    const { translation } = loadConfig(variables);
    expect(configuredTranslator(translation, silentLogger)).toMatchObject({ enabled, name });
  });
});
