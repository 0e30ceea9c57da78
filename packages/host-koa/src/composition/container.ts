import 'reflect-metadata/lite';
import { postgresJobQueue } from '@microblog/adapters-postgres';
import { createMicroblog, type EmailHashRule, systemClock } from '@microblog/core';
import { Container, ContainerModule } from 'inversify';
import { translations } from '../i18n/translations.ts';
import { faultMailer, noFaultMailer } from '../operations/faults/fault-mailer.ts';
import { scrubber } from '../operations/logging/scrub.ts';
import { type SlowStatement, slowStatements } from '../operations/logging/slow-statements.ts';
import { requestContext } from '../operations/requests/request-context.ts';
import { outgoingFetch } from '../outbound/http/outgoing-fetch.ts';
import { eldLanguageDetector } from '../outbound/languages/eld-language-detector.ts';
import type { HostMailer } from '../outbound/mail/host-mailer.ts';
import { mailTexts } from '../outbound/mail-texts/mail-texts.ts';
import { argon2PasswordHasher } from '../outbound/passwords/argon2-password-hasher.ts';
import { boundedPasswordHasher } from '../outbound/passwords/bounded-password-hasher.ts';
import { absoluteUrls } from '../site/absolute-url.ts';
import { localAddress } from '../site/local-address.ts';
import { signingKeys } from '../site/signing-keys.ts';
import { urls } from '../site/urls.ts';
import { type Config, secretsOf } from './config.ts';
import { configuredTheme } from './configured-theme.ts';
import { herokuModule } from './heroku-module.ts';
import { configuredMailer } from './mail-config.ts';
import { configuredSearchIndex } from './search-config.ts';
import { tokens } from './tokens.ts';
import { configuredTranslator } from './translation-config.ts';
import { vpsModule } from './vps-module.ts';

export interface ContainerOptions {
  /** Called with each slow statement. Default: it is logged. */
  readonly onSlowStatement?: ((slow: SlowStatement) => void) | undefined;
}

/** All parts of one process. Only the module of the profile depends on where the process runs. */
export function createContainer(config: Config, { onSlowStatement }: ContainerOptions = {}): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.config).toConstantValue(config);
  container.load(commonModule, config.profile === 'heroku' ? herokuModule : vpsModule);
  container.bind(tokens.statementObserver).toResolvedValue(
    (context, logger) =>
      slowStatements({
        threshold: config.log.slowStatements,
        context,
        showsParameters: config.log.level === 'debug',
        report: onSlowStatement ?? ((slow) => logger.warn(slow, 'slow statement')),
      }),
    [tokens.requestContext, tokens.logger],
  );
  return container;
}

const commonModule = new ContainerModule(({ bind }) => {
  bind(tokens.requestContext).toDynamicValue(() => requestContext());
  bind(tokens.theme).toResolvedValue(({ site }) => configuredTheme(site), [tokens.config]);
  bind(tokens.absoluteUrl).toResolvedValue(
    ({ site, server }) => absoluteUrls(site.origin ?? announcedOrigin(server)),
    [tokens.config],
  );
  bind(tokens.clock).toConstantValue(systemClock);
  bind(tokens.scrub).toResolvedValue((config) => scrubber(secretsOf(config)), [tokens.config]);
  bind(tokens.logger).toResolvedValue(({ logger }) => logger, [tokens.logs]);
  bind(tokens.mailer).toResolvedValue(
    ({ mail }, logger) => configuredMailer(mail, logger),
    [tokens.config, tokens.logger],
  );
  bind(tokens.faults).toResolvedValue(
    (mailer, { mail: { admins }, site }, clock, logger, scrub) =>
      mailer.enabled && admins.length > 0
        ? faultMailer({
            mailer,
            admins,
            site: new URL(site.origin ?? 'http://microblog').host,
            clock,
            logger,
            scrub,
          })
        : noFaultMailer,
    [tokens.mailer, tokens.config, tokens.clock, tokens.logger, tokens.scrub],
  );
  bind(tokens.search).toResolvedValue(
    (config, storage, logger) => configuredSearchIndex(config, { storage, logger }),
    [tokens.config, tokens.storage, tokens.logger],
  );
  bind(tokens.passwordHasher).toDynamicValue(() => boundedPasswordHasher(argon2PasswordHasher()));
  bind(tokens.languageDetector).toDynamicValue(() => eldLanguageDetector());
  bind(tokens.translator).toResolvedValue(
    ({ translation, outgoingProxies }, logger) =>
      configuredTranslator(translation, logger, outgoingFetch(outgoingProxies)),
    [tokens.config, tokens.logger],
  );
  bind(tokens.jobs).toResolvedValue(
    (storage, logger) => postgresJobQueue(storage, { logger }),
    [tokens.storage, tokens.logger],
  );
  bind(tokens.mailTexts).toResolvedValue(
    ({ site }, { locales, brand = 'Microblog' }, absoluteUrl, secretKeys) =>
      mailTexts({
        translations: translations(site.languages, locales),
        brand,
        urls: urls(site.basePath),
        absoluteUrl,
        keys: () => signingKeys(secretKeys(), site.basePath),
      }),
    [tokens.config, tokens.theme, tokens.absoluteUrl, tokens.secretKeys],
  );
  bind(tokens.microblog).toResolvedValue(
    (
      config,
      storage,
      search,
      clock,
      logger,
      passwordHasher,
      jobs,
      mailer,
      mailTexts,
      languageDetector,
      translator,
    ) =>
      createMicroblog(
        {
          storage,
          search,
          clock,
          logger,
          passwordHasher,
          jobs,
          mailer,
          mailTexts,
          languageDetector,
          translator,
        },
        { ...config.microblog, emailHashes: emailHashesFor(config, mailer) },
      ),
    [
      tokens.config,
      tokens.storage,
      tokens.search,
      tokens.clock,
      tokens.logger,
      tokens.passwordHasher,
      tokens.jobs,
      tokens.mailer,
      tokens.mailTexts,
      tokens.languageDetector,
      tokens.translator,
    ],
  );
});

/** Addresses that mean "all of this machine": a server listens on them, but a browser cannot open them everywhere. */
const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

/**
 * The origin that the server announces, so that a link in a mail keeps the reader's cookies. `localhost` if the server
 * listens on all addresses, and if the host can't be part of a URL, such as an IPv6 address with a zone.
 */
function announcedOrigin({ host, port }: Config['server']): string {
  const address = localAddress(host, port);
  const isUsable = !ALL_ADDRESSES.has(host) && URL.canParse(address);
  return new URL(isUsable ? address : localAddress('localhost', port)).origin;
}

/** Gravatar pictures need the hashes of addresses. Without mail, no address can be confirmed, so all are hashed. */
function emailHashesFor({ site }: Config, mailer: HostMailer): EmailHashRule {
  if (site.gravatar === false) return 'none';
  return mailer.enabled ? 'confirmed' : 'all';
}
