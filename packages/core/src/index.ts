export type { AccountAdministration } from './accounts/account-administration.ts';
export type { AccountDeletion } from './accounts/account-deletion.ts';
export {
  type DeletionInput,
  type EmailChangeInput,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type NewPasswordOfInput,
  type PasswordChangeInput,
  type PasswordResetInput,
  type RegistrationInput,
  type ResetRequestInput,
  type SessionInput,
  type SignInInput,
} from './accounts/account-input.ts';
export type { AccountService } from './accounts/account-service.ts';
export type { EmailService } from './accounts/email-service.ts';
export type { PasswordReset, PasswordService } from './accounts/password-service.ts';
export { pbkdf2PasswordHasher } from './accounts/pbkdf2-password-hasher.ts';
export { type Member, operator, type Viewer, visitor } from './accounts/viewer.ts';
export {
  type ArchiveBatch,
  type ArchiveContent,
  type ArchiveCounts,
  type ArchiveKind,
  type ArchiveRecords,
  archiveKinds,
  countAll,
  noRecords,
} from './archive/archive-content.ts';
export {
  archiveFault,
  archiveInvalid,
  archiveUnsupported,
  storageNotEmpty,
} from './archive/archive-faults.ts';
export { type DecodedArchive, decodeArchive, parseHeader } from './archive/decode-archive.ts';
export { encodeArchive } from './archive/encode-archive.ts';
export { type EventFacts, type EventName, eventNames, type MicroblogEvent } from './events/event.ts';
export type { EventSource } from './events/events.ts';
export type { EventHandler, SubscribeOptions } from './events/subscription.ts';
export { strangers } from './follows/follow.ts';
export type { FollowMailClaim } from './follows/follow-mail-claim.ts';
export type { FollowService, RelatedUser } from './follows/follow-service.ts';
export type { HostPeople } from './identities/host-people.ts';
export type { HostProfile } from './identities/host-profile.ts';
export { HOST_ISSUER } from './identities/identity.ts';
export type { IdentityInput } from './identities/identity-input.ts';
export type { IdentityLinks } from './identities/identity-links.ts';
export type { IdentityService, IdentitySignIn } from './identities/identity-service.ts';
export type { Provisioned, ProvisioningReport } from './identities/provisioned.ts';
export type { Provisioning } from './identities/provisioning.ts';
export { isJobName, requireJobName } from './jobs/job-name.ts';
export { JOB_ATTEMPTS, JOB_CONCURRENCY, mayTryAgain, retryPauseSeconds } from './jobs/job-policy.ts';
export { callIsolated } from './kernel/call-isolated.ts';
export {
  type ErrorCode,
  type ErrorDetails,
  errorCodes,
  type FieldProblem,
  type FieldProblemKind,
  fieldProblemKinds,
  isMicroblogError,
  MicroblogError,
} from './kernel/errors.ts';
export { countGraphemes } from './kernel/graphemes.ts';
export {
  compareIds,
  composeId,
  type FollowId,
  type Id,
  type IdentityId,
  isId,
  type PostId,
  parseId,
  timeOfId,
  type UserId,
} from './kernel/ids.ts';
export { canonicalLanguage } from './kernel/language-tag.ts';
export { type KnownOptions, optionFaults, parseOptions, requireKnownOptions } from './kernel/options.ts';
export {
  type Cursor,
  MAX_PAGE_LIMIT,
  mapPage,
  type Page,
  type PageInput,
  type PageRequest,
  pageOf,
} from './kernel/page.ts';
export { isBlank, normalizeText } from './kernel/text.ts';
export { type MemoryJobQueueOptions, memoryJobQueue } from './memory/memory-job-queue.ts';
export { memorySearchIndex } from './memory/memory-search-index.ts';
export { type MemoryStorageOptions, memoryStorage } from './memory/memory-storage.ts';
export type { UserRecord } from './memory/tables/users.ts';
export { createMicroblog, type Microblog, type MicroblogServices } from './microblog.ts';
export {
  type MicroblogOptions,
  type MicroblogPorts,
  microblogOptionsSchema,
} from './microblog-options.ts';
export {
  englishMailTexts,
  type MailRecipient,
  type MailText,
  type MailTexts,
} from './notifications/mail-texts.ts';
export type { ArchiveStorage, LoadOptions } from './ports/archive-storage.ts';
export { type Clock, systemClock } from './ports/clock.ts';
export { type IdGenerator, timeOrderedIds } from './ports/id-generator.ts';
export {
  DEFAULT_GRACE_MS,
  type EnqueueOptions,
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobPayload,
  type JobQueue,
  type JobStatistics,
  type StartOptions,
  type StopOptions,
} from './ports/job-queue.ts';
export { type LanguageDetector, noLanguageDetector } from './ports/language-detector.ts';
export { consoleLogger, type Logger, silentLogger } from './ports/logger.ts';
export { type Mail, type Mailer, noMailer } from './ports/mailer.ts';
export type { PasswordHasher } from './ports/password-hasher.ts';
export {
  noSearchProgress,
  type SearchHit,
  type SearchIndex,
  type SearchIndexStatus,
  type SearchProgress,
  type SearchRequest,
  searchOff,
} from './ports/search-index.ts';
export type * from './ports/storage.ts';
export { systemTimer, type Timer } from './ports/timer.ts';
export {
  noTranslator,
  type TranslatedText,
  type TranslationLanguages,
  type Translator,
} from './ports/translator.ts';
export type { PostInput } from './posts/post-input.ts';
export { mayDeletePost } from './posts/post-policy.ts';
export type { PostService } from './posts/post-service.ts';
export type { Entry } from './reading/entry.ts';
export { type MemberReader, mayRead, type Reader, readerOf, unrestrictedReader } from './reading/may-read.ts';
export type { FillOptions } from './search/fill-index.ts';
export { highlightsIn, type TextRange } from './search/highlights.ts';
export { matchesSearch, primaryLanguage, relevance, type SearchablePost } from './search/matching.ts';
export {
  MAX_QUERY_LENGTH,
  type ParsedSearch,
  parseSearchQuery,
  readableQuery,
} from './search/parse-search-query.ts';
export { invalidSearchCursor, type RankedPost, rankedHits } from './search/ranking.ts';
export {
  isEmptyQuery,
  type SearchOrder,
  type SearchQuery,
  type SearchTerm,
  searchOrders,
} from './search/search-query.ts';
export type { FoundPost, SearchInput, SearchResults, SearchService } from './search/search-service.ts';
export { searchWords } from './search/words.ts';
export { addressesIn, type TextAddress } from './texts/addresses/text-addresses.ts';
export type { NewerPosts, TimelineService } from './timelines/timeline-service.ts';
export { isTranslatable } from './translation/translation-policy.ts';
export type { TranslateOptions, TranslationService } from './translation/translation-service.ts';
export type { Account, MemberAccount } from './users/account.ts';
export { normalizeEmail } from './users/email.ts';
export type { EmailHashRule } from './users/email-hash.ts';
export { MAX_NICKNAME_LENGTH } from './users/nickname.ts';
export type { Person } from './users/person.ts';
export { MAX_ABOUT_ME_LENGTH, type ProfileInput, type SettingsInput } from './users/profile-input.ts';
export { usualReservedNicknames } from './users/reserved-nicknames.ts';
export { type Role, roles } from './users/role.ts';
export {
  readSettings,
  type Settings,
  type StoredSettings,
  settingsSchema,
} from './users/settings.ts';
export {
  type NewUser,
  type PersonRecord,
  type User,
  type UserChanges,
  VISIT_INTERVAL_MS,
} from './users/user.ts';
export type { UserService } from './users/user-service.ts';
