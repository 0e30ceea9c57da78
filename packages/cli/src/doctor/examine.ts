import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMicroblogError, silentLogger } from '@microblog/core';
import {
  type Application,
  type Config,
  checkIdentityProvider,
  configuredMailer,
  configuredTranslator,
  holdsDatabase,
  openApplication,
} from '@microblog/host-koa/composition';
import { checkAssets } from './checks/assets.ts';
import { checkConfiguration, type Environment } from './checks/configuration.ts';
import { checkDataDirectory } from './checks/data-directory.ts';
import { checkDatabase } from './checks/database/index.ts';
import { checkHeroku } from './checks/heroku.ts';
import { checkIdentityProviders } from './checks/identity-providers.ts';
import { checkJobs } from './checks/jobs.ts';
import { checkLogFile } from './checks/log-file.ts';
import { checkMail, checkMailSurroundings } from './checks/mail.ts';
import { checkMetricsPage } from './checks/metrics-page.ts';
import { checkNode } from './checks/node.ts';
import { checkProxy } from './checks/proxy.ts';
import { checkSearch } from './checks/search.ts';
import { checkSecretKey } from './checks/secret-key.ts';
import { checkTheme } from './checks/theme.ts';
import { checkTranslator } from './checks/translator.ts';
import { type Finding, failure, ok, warn } from './finding.ts';

/** What was found out about one area, for people. */
export interface Area {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Everything that can be checked, in the order in which one would mend it. Changes nothing. */
export async function* examine(environment: Environment): AsyncGenerator<Area> {
  yield { title: 'Program', findings: [checkNode(process.versions.node), checkAssets(assetDirectory())] };
  const { findings, config } = checkConfiguration(environment);
  yield { title: 'Configuration', findings };
  if (config === null) {
    const remedy = 'Mend the configuration, and examine again.';
    yield { title: 'The rest', findings: [warn('skipped', 'Nothing else could be checked.', remedy)] };
    return;
  }
  if (config.profile === 'heroku') yield { title: 'Heroku', findings: checkHeroku(config, environment) };
  else yield { title: 'Data directory', findings: checkDataDirectory(config) };
  yield {
    title: 'Serving',
    findings: [
      checkSecretKey(config),
      checkProxy(config),
      checkMetricsPage(config),
      ...checkLogFile(config.log.file),
      ...checkTheme(config.site),
    ],
  };
  yield* examineApplication(config, environment);
}

async function* examineApplication(config: Config, environment: Environment): AsyncGenerator<Area> {
  const { application, finding } = await open(config);
  try {
    yield { title: 'Database', findings: await databaseFindings(application, finding, config, environment) };
    yield {
      title: 'Services',
      findings: await serviceFindings(application, config),
    };
  } finally {
    await application?.close();
  }
}

/** One check after the other; those who serve need the rest. */
const CONNECTIONS = 2;

type Opened =
  | { readonly application: Application; readonly finding: null }
  | { readonly application: null; readonly finding: Finding };

/** An embedded database that is in use, or not there yet, is no fault, but it can't be looked into. */
async function open(config: Config): Promise<Opened> {
  const { database } = config;
  if (database.kind === 'embedded' && !holdsDatabase(database.directory)) {
    const finding = ok(
      'database',
      `An embedded database is made in ${database.directory} at the first start.`,
    );
    return { application: null, finding };
  }
  try {
    const quiet = {
      ...config,
      database: database.kind === 'server' ? { ...database, poolSize: CONNECTIONS } : database,
      log: { ...config.log, level: 'silent', slowStatements: null },
    } as const;
    return { application: await openApplication(quiet), finding: null };
  } catch (error) {
    return {
      application: null,
      finding: isMicroblogError(error, 'storage_locked') ? locked(error.message) : failure('database', error),
    };
  }
}

function locked(message: string): Finding {
  const [sentence = message] = message.split(/(?<=\.) /);
  return warn(
    'database',
    `${sentence} It was not looked into.`,
    'To have it checked, stop that process and examine again; while it runs, ask its /readyz.',
  );
}

async function databaseFindings(
  application: Application | null,
  finding: Finding | null,
  config: Config,
  environment: Environment,
): Promise<Finding[]> {
  if (application === null) return finding === null ? [] : [finding];
  const surroundings = { processes: config.server.workers, sslMode: environment.PGSSLMODE };
  return checkDatabase({ storage: application.storage, config }, surroundings);
}

async function serviceFindings(application: Application | null, config: Config): Promise<Finding[]> {
  return [
    ...(application === null ? [] : [await checkSearch(application.search, config.search)]),
    ...(await mailFindings(config)),
    ...(await checkJobs(application?.jobs ?? null)),
    ...(await checkIdentityProviders(config, checkIdentityProvider)),
    ...(await checkTranslator(configuredTranslator(config.translation, silentLogger), config.site.languages)),
  ];
}

/** With a mailer of its own, which needs no database. */
async function mailFindings({ mail, site }: Config): Promise<Finding[]> {
  const mailer = configuredMailer(mail, silentLogger);
  try {
    return [await checkMail(mail, mailer), ...checkMailSurroundings(mail, site.origin)];
  } finally {
    mailer.close();
  }
}

function assetDirectory(): string {
  const manifest = createRequire(import.meta.url).resolve('@microblog/host-koa/package.json');
  return join(dirname(manifest), 'dist', 'assets');
}
