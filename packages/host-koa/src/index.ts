export { argon2PasswordHasher } from './adapters/passwords/argon2-password-hasher.ts';
export { type BackgroundWork, backgroundWork } from './background-work.ts';
export { createKoaApp, type KoaAppOptions } from './create-koa-app.ts';
export { type HostErrorCode, hostErrorCodes, statuses } from './host-errors.ts';
