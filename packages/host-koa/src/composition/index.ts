export {
  type DatabaseDiagnosis,
  holdsDatabase,
  migrationNames,
  migrationScript,
} from '@microblog/adapters-postgres';
export { isCallersError } from '../host-errors.ts';
export type { TextFault, TextFaultKind } from '../i18n/text-fault.ts';
export {
  type LanguageReport,
  type TranslationReport,
  translationReport,
} from '../i18n/translation-report.ts';
export type { SlowStatement } from '../operations/logging/slow-statements.ts';
export type { MetricsSnapshot } from '../operations/metrics/metrics-source.ts';
export { outgoingFetch } from '../outbound/http/outgoing-fetch.ts';
export { readableEmail } from '../site/readable-email.ts';
export { version } from '../version.ts';
export { type Application, openApplication } from './application.ts';
export { checkIdentityProvider } from './check-identity-provider.ts';
export { type Config, loadConfig } from './config.ts';
export { ConfigurationError } from './configuration-error.ts';
export { type ConfigurationRow, configurationMarkdown, configurationTable } from './configuration-table.ts';
export { configuredTheme } from './configured-theme.ts';
export type {
  CommandFiles,
  CommandInput,
  CommandOutput,
  CommandTerminal,
  NewFile,
  OpenFile,
} from './control/command-terminal.ts';
export { runInServingProcess } from './control/control-client.ts';
export type { RunCommand } from './control/control-server.ts';
export { TerminalError } from './control/terminal-error.ts';
export { openControlSocket } from './control-socket.ts';
export { exitOnCrash } from './exit-on-crash.ts';
export { configuredMailer } from './mail-config.ts';
export type { Diagnosis } from './operators/diagnosis.ts';
export { type OperatorServices, operatorServices } from './operators/operator-services.ts';
export type { SampleContent } from './operators/sample-content.ts';
export type { SearchLag } from './operators/search-administration.ts';
export { prepareDatabase } from './prepare-database.ts';
export { configuredSearchIndex } from './search-config.ts';
export { configuredTranslator } from './translation-config.ts';
