import { parseProviders } from '../outbound/identity-providers/provider-settings.ts';
import type { Config } from './config.ts';
import { environmentSchema } from './environment.ts';

/** One variable, safe to show. */
export interface ConfigurationRow {
  readonly name: string;
  /** The value in force, with secrets masked; null if there is none. */
  readonly value: string | null;
  readonly source: 'environment' | 'default';
  readonly description: string;
}

/**
 * Every variable with the value in force. Expects variables that `loadConfig` accepts. With its result `config`,
 * defaults that depend on other variables are shown as well.
 */
export function configurationTable(
  variables: Readonly<Record<string, string | undefined>>,
  config?: Config,
): readonly ConfigurationRow[] {
  const derived = config === undefined ? {} : derivedDefaults(config);
  return Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const given = variables[name];
    const isSet = given !== undefined && given !== '';
    const value = isSet ? given : (derived[name] ?? defaultOf(schema));
    return {
      name,
      value: value === null ? null : masked(name, value),
      source: isSet ? 'environment' : 'default',
      description: schema.description ?? '',
    };
  });
}

/** The reference of all variables, for `docs/configuration.md`. */
export function configurationMarkdown(): string {
  const rows = configurationTable({}).map(
    ({ name, value, description }) =>
      `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`,
  );
  return [
    '# Configuration',
    '',
    'Everything is set by environment variables, checked when a process starts. A fault stops it with a line for each variable and what was expected. `microblog config` shows what is in force.',
    '',
    '| variable | default | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The values of missing variables whose defaults are not constants. */
function derivedDefaults({
  server,
  database,
  log,
  mail,
  translation,
}: Config): Readonly<Record<string, string>> {
  const { delivery, from } = mail;
  return {
    HOST: server.host,
    TRUST_PROXY: String(server.trustProxy),
    ...(database.kind === 'server' ? { DATABASE_POOL: String(database.poolSize) } : {}),
    ...(translation.kind === 'azure' ? { TRANSLATOR_URL: translation.url } : {}),
    ...(log.format === 'terminal' ? {} : { LOG_FORMAT: log.format }),
    ...(delivery.kind === 'smtp' ? { MAIL_PORT: String(delivery.server.port), MAIL_FROM: from.address } : {}),
  };
}

function defaultOf(
  schema: (typeof environmentSchema.shape)[keyof typeof environmentSchema.shape],
): string | null {
  const parsed = schema.safeParse(undefined);
  const value: unknown = parsed.success ? parsed.data : undefined;
  if (value === undefined || (Array.isArray(value) && value.length === 0) || value === '') return null;
  return String(value);
}

function maskedProviders(value: string): string {
  const providers = parseProviders(value, () => {});
  if (providers.length === 0) return '********';
  return JSON.stringify(
    providers.map(({ clientSecret, clientSecretKey, ...provider }) => ({
      ...provider,
      ...(clientSecret === undefined ? {} : { clientSecret: '********' }),
      ...(clientSecretKey === undefined
        ? {}
        : { clientSecretKey: { ...clientSecretKey, privateKey: '********' } }),
    })),
  );
}

function masked(name: string, value: string): string {
  if (['SECRET_KEY', 'MAIL_PASSWORD', 'METRICS_TOKEN', 'TRANSLATOR_KEY'].includes(name)) return '********';
  if (name === 'OIDC_PROVIDERS') return maskedProviders(value);
  if (!['DATABASE_URL', 'HTTPS_PROXY', 'HTTP_PROXY'].includes(name)) return value;
  // The position of the password in it is unknown, so hide all of it.
  if (!URL.canParse(value)) return '********';
  const url = new URL(value);
  if (url.password !== '') url.password = '********';
  for (const key of url.searchParams.keys()) {
    if (/password|secret|key/i.test(key)) url.searchParams.set(key, '********');
  }
  return url.href;
}
