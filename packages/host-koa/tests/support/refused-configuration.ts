import { expect } from 'vitest';
import { loadConfig } from '../../src/composition/config.ts';
import { ConfigurationError } from '../../src/composition/configuration-error.ts';

/** Why these variables are refused; fails if they are accepted. */
export function refusedConfiguration(variables: Record<string, string>): ConfigurationError {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  return expect.fail('the configuration was taken');
}
