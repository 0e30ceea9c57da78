import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMicroblogError, silentLogger } from '@microblog/core';
import {
  type Config,
  checkIdentityProvider,
  configuredMailer,
  configuredTranslator,
  type Diagnosis,
  holdsDatabase,
  outgoingFetch,
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
import { checkOutgoingProxies } from './checks/outgoing-proxies.ts';
import { checkProxy } from './checks/proxy.ts';
import { checkSearch } from './checks/search.ts';
import { checkSecretKey } from './checks/secret-key.ts';
import { checkTheme } from './checks/theme.ts';
import { checkTranslator } from './checks/translator.ts';
import { type Finding, failure, ok, warn } from './finding.ts';

/** The findings about one area. */
export interface Area {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** A diagnosis, with the connections that it keeps open. */
export interface OpenDiagnosis extends AsyncDisposable {
  readonly diagnosis: Diagnosis;
}

/** Opens the parts of the configuration. @throws the errors of `openApplication`. */
export type OpenForDiagnosis = (config: Config) => Promise<OpenDiagnosis>;

/** Checks everything that can be checked, in the order in which an operator would fix it. Changes nothing. */
export async function* examine(environment: Environment, open: OpenForDiagnosis): AsyncGenerator<Area> {
  yield { title: 'Program', findings: [checkNode(process.versions.node), checkAssets(assetDirectory())] };
  const { findings, config } = checkConfiguration(environment);
  yield { title: 'Configuration', findings };
  if (config === null) {
    const remedy = 'Fix the configuration and run doctor again.';
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
      ...checkOutgoingProxies(config),
      checkMetricsPage(config),
      ...checkLogFile(config.log.file),
      ...checkTheme(config.site),
    ],
  };
  yield* examineParts(config, environment, open);
}

async function* examineParts(
  config: Config,
  environment: Environment,
  open: OpenForDiagnosis,
): AsyncGenerator<Area> {
  const opened = await openIfPossible(config, open);
  await using parts = 'diagnosis' in opened ? opened : null;
  const diagnosis = parts?.diagnosis ?? null;
  const surroundings = { processes: config.server.workers, sslMode: environment.PGSSLMODE };
  yield {
    title: 'Database',
    findings:
      'diagnosis' in opened
        ? await checkDatabase({ diagnosis: opened.diagnosis.database, config }, surroundings)
        : [opened.finding],
  };
  yield { title: 'Services', findings: await serviceFindings(diagnosis, config) };
}

/** It is no fault if an embedded database is in use or does not exist yet, but it can't be examined. */
async function openIfPossible(
  config: Config,
  open: OpenForDiagnosis,
): Promise<OpenDiagnosis | { readonly finding: Finding }> {
  const { database } = config;
  if (database.kind === 'embedded' && !holdsDatabase(database.directory)) {
    return {
      finding: ok('database', `An embedded database is made in ${database.directory} at the first start.`),
    };
  }
  try {
    return await open(config);
  } catch (error) {
    const isLocked = isMicroblogError(error, 'storage_locked');
    return { finding: isLocked ? locked(error.message) : failure('database', error) };
  }
}

function locked(message: string): Finding {
  const [sentence = message] = message.split(/(?<=\.) /);
  return warn(
    'database',
    `${sentence} It was not examined.`,
    'To check it, stop that process and run doctor again. While it runs, ask its /readyz.',
  );
}

async function serviceFindings(diagnosis: Diagnosis | null, config: Config): Promise<Finding[]> {
  return [
    ...(diagnosis === null ? [] : [await checkSearch(diagnosis.search, config.search)]),
    ...(await mailFindings(config)),
    ...(await checkJobs(diagnosis?.jobs ?? null)),
    ...(await checkIdentityProviders(config, (provider, site) =>
      checkIdentityProvider(provider, site, config.outgoingProxies),
    )),
    ...(await checkTranslator(
      configuredTranslator(config.translation, silentLogger, outgoingFetch(config.outgoingProxies)),
      config.site.languages,
    )),
  ];
}

/** Uses a separate mailer, which needs no database. */
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
