export { eldLanguageDetector } from './adapters/languages/eld-language-detector.ts';
export { errorSerializer } from './adapters/logging/error-serializer.ts';
export type { HostMailer } from './adapters/mail/host-mailer.ts';
export { type SmtpMailerOptions, type SmtpServer, smtpMailer } from './adapters/mail/smtp-mailer.ts';
export { argon2PasswordHasher } from './adapters/passwords/argon2-password-hasher.ts';
export { type AzureTranslatorOptions, azureTranslator } from './adapters/translation/azure-translator.ts';
export {
  type LibreTranslateOptions,
  libreTranslateTranslator,
} from './adapters/translation/libretranslate-translator.ts';
export { type BackgroundWork, backgroundWork } from './background-work.ts';
export { createKoaApp, type KoaAppOptions } from './create-koa-app.ts';
export type { Fault, FaultReporter } from './faults/fault-reporter.ts';
export { type Readiness, type ReadinessOptions, readiness, type UnreadyReason } from './health/readiness.ts';
export { type HostErrorCode, hostErrorCodes, statuses } from './host-errors.ts';
export type { Authenticate, Authenticated } from './host-users/authenticate.ts';
export type { HostSignIn } from './host-users/host-sign-in.ts';
export type { LoginUrl } from './host-users/login-url.ts';
export type { TextTree } from './i18n/catalogue.ts';
export type { OwnCatalogues, OwnTexts } from './i18n/own-texts.ts';
export type { Mailbox } from './mailbox.ts';
export { type HostMailTextsOptions, hostMailTexts } from './mails/host-mail-texts.ts';
export { createMetrics, type Metrics, type MetricsNeeds } from './metrics/metrics.ts';
export type { MetricsSnapshot, MetricsSource } from './metrics/metrics-source.ts';
export type { MountableKoa, MountableListener } from './mounting/mountable-koa.ts';
export type { FinishedRequest, RequestObserver } from './requests/finished-request.ts';
export { type RequestContext, type RequestFacts, requestContext } from './requests/request-context.ts';
export type { MetricsPage } from './routes/operations/metrics-routes.ts';
export type { FinishedSearch, SearchObserver } from './searches/finished-search.ts';
export type { Footer } from './theming/footer.ts';
export { readTheme } from './theming/read-theme.ts';
export type { ThemeVariables } from './theming/theme-variables.ts';
export type { Theming } from './theming/theming.ts';
