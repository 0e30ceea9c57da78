export { argon2PasswordHasher } from './adapters/passwords/argon2-password-hasher.ts';
export { type BackgroundWork, backgroundWork } from './background-work.ts';
export { createKoaApp, type KoaAppOptions } from './create-koa-app.ts';
export type { Fault, FaultReporter } from './faults/fault-reporter.ts';
export { type HostErrorCode, hostErrorCodes, statuses } from './host-errors.ts';
