import {
  type Config,
  ConfigurationError,
  configurationTable,
  loadConfig,
} from '@microblog/host-koa/composition';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { isMisspelt } from './misspelling.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckedConfiguration {
  readonly findings: readonly Finding[];
  /** The configuration, with defaults for faulty variables; null if it is unusable even so. */
  readonly config: Config | null;
}

/** Checks every variable. Reports faulty ones, probably misspelt ones, and the number of set ones. */
export function checkConfiguration(environment: Environment): CheckedConfiguration {
  const known = configurationTable({}).map(({ name }) => name);
  const misspelt = misspellings(environment, known);
  const { config, faults } = load(environment);
  if (faults.length > 0) return { findings: [...faults.map(faultOf), ...misspelt], config };
  const set = known.filter((name) => (environment[name] ?? '') !== '').length;
  const profile = config?.profile === 'heroku' ? 'Heroku' : 'VPS';
  const message = `All ${known.length} variables are in order: ${set} set, the others at their defaults (${profile} profile).`;
  return { findings: [ok('configuration', message), ...misspelt], config };
}

function load(environment: Environment): { config: Config | null; faults: readonly string[] } {
  try {
    return { config: loadConfig(environment), faults: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { config: loadWithout(environment, error.faults.map(variableOf)), faults: error.faults };
  }
}

/** The configuration without the faulty variables, so that the other parts can be checked. */
function loadWithout(environment: Environment, names: readonly string[]): Config | null {
  const rest = Object.entries(environment).filter(([name]) => !names.includes(name));
  try {
    return loadConfig(Object.fromEntries(rest));
  } catch (error) {
    if (error instanceof ConfigurationError) return null;
    throw error;
  }
}

/** The message of a fault starts with the name of its variable. */
function variableOf(fault: string): string {
  return fault.split(':')[0] ?? '';
}

function faultOf(fault: string): Finding {
  return fail(
    'configuration',
    `${fault}.`,
    `Correct or unset ${variableOf(fault)}; docs/configuration.md explains it.`,
  );
}

function misspellings(environment: Environment, known: readonly string[]): Finding[] {
  return Object.keys(environment).flatMap((name) => {
    const meant = known.find((variable) => isMisspelt(name, variable));
    if (known.includes(name) || meant === undefined) return [];
    return [
      warn('configuration', `${name} is not a variable of this program.`, `If ${meant} is meant, rename it.`),
    ];
  });
}
