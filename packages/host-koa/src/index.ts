export { createKoaApp } from './create-koa-app.ts';
export { type HostErrorCode, hostErrorCodes, statuses } from './host-errors.ts';
export type { Authenticate, Authenticated } from './http/host-users/authenticate.ts';
export type { HostSignIn } from './http/host-users/host-sign-in.ts';
export type { LoginUrl } from './http/host-users/login-url.ts';
export type { MountableKoa, MountableListener } from './http/mounting/mountable-koa.ts';
export type { TextTree } from './i18n/catalogue.ts';
export type { OwnCatalogues, OwnTexts } from './i18n/own-texts.ts';
export type { Development, KoaAppOptions } from './koa-app-options.ts';
export { type BackgroundWork, backgroundWork } from './operations/background-work.ts';
export type { Fault, FaultReporter } from './operations/faults/fault-reporter.ts';
export {
  type Readiness,
  type ReadinessOptions,
  readiness,
  type UnreadyReason,
} from './operations/health/readiness.ts';
export { errorSerializer } from './operations/logging/error-serializer.ts';
export { createMetrics, type Metrics, type MetricsNeeds } from './operations/metrics/metrics.ts';
export type { MetricsPage, MetricsSnapshot, MetricsSource } from './operations/metrics/metrics-source.ts';
export type { FinishedRequest, RequestObserver } from './operations/requests/finished-request.ts';
export {
  type RequestContext,
  type RequestFacts,
  requestContext,
} from './operations/requests/request-context.ts';
export type { FinishedSearch, SearchObserver } from './operations/searches/finished-search.ts';
export { eldLanguageDetector } from './outbound/languages/eld-language-detector.ts';
export type { HostMailer } from './outbound/mail/host-mailer.ts';
export type { Mailbox } from './outbound/mail/mailbox.ts';
export { type SmtpMailerOptions, type SmtpServer, smtpMailer } from './outbound/mail/smtp-mailer.ts';
export { type HostMailTextsOptions, hostMailTexts } from './outbound/mail-texts/host-mail-texts.ts';
export { argon2PasswordHasher } from './outbound/passwords/argon2-password-hasher.ts';
export { boundedPasswordHasher } from './outbound/passwords/bounded-password-hasher.ts';
export { type AzureTranslatorOptions, azureTranslator } from './outbound/translation/azure-translator.ts';
export {
  type LibreTranslateOptions,
  libreTranslateTranslator,
} from './outbound/translation/libretranslate-translator.ts';
export type { Footer } from './site/theming/footer.ts';
export { readTheme } from './site/theming/read-theme.ts';
export type { ThemeVariables } from './site/theming/theme-variables.ts';
export type { Theming } from './site/theming/theming.ts';
