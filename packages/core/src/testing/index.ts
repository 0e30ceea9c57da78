export { memorySearchIndex } from '../memory/memory-search-index.ts';
export { memoryStorage } from '../memory/memory-storage.ts';
export { type Builders, builders } from './builders.ts';
export { cheapPasswordHasher } from './cheap-password-hasher.ts';
export { type ArchiveContractCase, archiveContract } from './contract/archive-cases.ts';
export type { OpenStorage, StorageContractCase } from './contract/contract-case.ts';
export type {
  JobQueueContractCase,
  JobQueueUnderTest,
  OpenJobQueue,
} from './contract/job-queue-case.ts';
export { jobQueueContract } from './contract/job-queue-contract.ts';
export {
  outcomeOf,
  plantWorld,
  type ReadSample,
  type RepositorySamples,
  type SampleWorld,
  type WriteSample,
} from './contract/repository-samples.ts';
export type {
  OpenSearchIndex,
  SearchIndexCapabilities,
  SearchIndexContractCase,
  SearchIndexUnderTest,
} from './contract/search-index-case.ts';
export { searchIndexContract } from './contract/search-index-contract.ts';
export {
  type RepositoryContracts,
  repositoryContracts,
  storageContract,
} from './contract/storage-contract.ts';
export {
  type OpenTranslator,
  type TranslatorContractCase,
  type TranslatorUnderTest,
  translatorContract,
} from './contract/translator-contract.ts';
export { type EngineBehaviour, type FakeTranslator, fakeTranslator } from './fake-translator.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
export { type ManualTime, manualTime } from './manual-time.ts';
export { type RecordingMailer, recordingMailer } from './recording-mailer.ts';
