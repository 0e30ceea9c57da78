import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMicroblogError } from '@microblog/core';
import {
  type Application,
  type Config,
  holdsDatabase,
  openApplication,
} from '@microblog/host-koa/composition';
import { checkAssets } from './checks/assets.ts';
import { checkConfiguration, type Environment } from './checks/configuration.ts';
import { checkDataDirectory } from './checks/data-directory.ts';
import { checkDatabase } from './checks/database/index.ts';
import { checkHeroku } from './checks/heroku.ts';
import { checkJobs } from './checks/jobs.ts';
import { checkMail, type VerifiableMailer } from './checks/mail.ts';
import { checkMetricsPage } from './checks/metrics-page.ts';
import { checkNode } from './checks/node.ts';
import { checkProxy } from './checks/proxy.ts';
import { checkSearch } from './checks/search.ts';
import { checkSecretKey } from './checks/secret-key.ts';
import { type Finding, failure, ok, warn } from './finding.ts';

/** What was found out about one area, for people. */
export interface Area {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** What sends mails; null where nothing does. The application is null where its database could not be opened. */
export type FindMailer = (config: Config, application: Application | null) => VerifiableMailer | null;

/** Everything that can be checked, in the order in which one would mend it. Changes nothing. */
export async function* examine(
  environment: Environment,
  findMailer: FindMailer = () => null,
): AsyncGenerator<Area> {
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
    findings: [checkSecretKey(config), checkProxy(config), checkMetricsPage(config)],
  };
  yield* examineApplication(config, environment, findMailer);
}

async function* examineApplication(
  config: Config,
  environment: Environment,
  findMailer: FindMailer,
): AsyncGenerator<Area> {
  const { application, finding } = await open(config);
  try {
    yield { title: 'Database', findings: await databaseFindings(application, finding, config, environment) };
    yield {
      title: 'Services',
      findings: await serviceFindings(application, findMailer(config, application)),
    };
  } finally {
    await application?.close();
  }
}

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
    const quiet = { ...config, log: { ...config.log, level: 'silent', slowStatements: null } } as const;
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
  const processes = Number(environment.WEB_CONCURRENCY || 1);
  const surroundings = { processes, sslMode: environment.PGSSLMODE };
  return checkDatabase({ storage: application.storage, config }, surroundings);
}

async function serviceFindings(
  application: Application | null,
  mailer: VerifiableMailer | null,
): Promise<Finding[]> {
  return [
    ...(application === null ? [] : [await checkSearch(application.search)]),
    await checkMail(mailer),
    ...(await checkJobs(application?.jobs ?? null)),
  ];
}

function assetDirectory(): string {
  const manifest = createRequire(import.meta.url).resolve('@microblog/host-koa/package.json');
  return join(dirname(manifest), 'dist', 'assets');
}
