export { memoryStorage } from '../memory/memory-storage.ts';
export { type Builders, builders } from './builders.ts';
export { cheapPasswordHasher } from './cheap-password-hasher.ts';
export type { OpenStorage, StorageContractCase } from './contract/contract-case.ts';
export { storageContract } from './contract/storage-contract.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
