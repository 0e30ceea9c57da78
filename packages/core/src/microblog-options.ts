import { z } from 'zod';
import { MAX_PAGE_LIMIT } from './kernel/page.ts';
import type { MailTexts } from './notifications/mail-texts.ts';
import type { Clock } from './ports/clock.ts';
import type { IdGenerator } from './ports/id-generator.ts';
import type { JobQueue } from './ports/job-queue.ts';
import type { LanguageDetector } from './ports/language-detector.ts';
import type { Logger } from './ports/logger.ts';
import type { Mailer } from './ports/mailer.ts';
import type { PasswordHasher } from './ports/password-hasher.ts';
import type { SearchIndex } from './ports/search-index.ts';
import type { Storage } from './ports/storage.ts';
import type { Translator } from './ports/translator.ts';
import { emailHashRules } from './users/email-hash.ts';
import { reservedNicknamesSchema } from './users/reserved-nicknames.ts';

/** The adapters that a microblog works with. Only the storage has no default. */
export interface MicroblogPorts {
  readonly storage: Storage;
  readonly search?: SearchIndex;
  readonly clock?: Clock;
  readonly ids?: IdGenerator;
  /** Default: warnings and errors to the console. */
  readonly logger?: Logger;
  readonly passwordHasher?: PasswordHasher;
  /** Default: in the memory of this process, started at once. `Microblog.start` starts a given queue. */
  readonly jobs?: JobQueue;
  /** Default: no mail is sent. */
  readonly mailer?: Mailer;
  /** The texts of mails, in the language of the recipient. Default: English for all. */
  readonly mailTexts?: MailTexts;
  /** Default: posts have no language. */
  readonly languageDetector?: LanguageDetector;
  /** Default: nothing is translated. */
  readonly translator?: Translator;
}

/** A form of 64 KB holds a post of this many characters of any script, percent-encoded. */
const MAX_POST_LENGTH = 5_000;

function wholeNumberUpTo(max: number) {
  const expected = `a whole number from 1 to ${max}`;
  return z.int(expected).min(1, expected).max(max, expected);
}

/** The rules that can be chosen: their limits, defaults and descriptions. */
export const microblogOptionsSchema = z.object({
  postMaxLength: wholeNumberUpTo(MAX_POST_LENGTH).default(140).describe('Longest post, in graphemes.'),
  postsPerPage: wholeNumberUpTo(MAX_PAGE_LIMIT).default(50).describe('Posts or people on a page.'),
  maxSearchResults: wholeNumberUpTo(MAX_PAGE_LIMIT).default(50).describe('Posts on a page of results.'),
  registration: z
    .enum(['open', 'closed'], "'open' or 'closed'")
    .default('open')
    .describe('Whether visitors may make accounts.'),
  reservedNicknames: reservedNicknamesSchema.describe(
    'Nicknames that only administrators can give, without regard to case, `.` and `_`. Accounts that have one keep it; people whom a host application provisions get the names of the host. Default: `usualReservedNicknames`.',
  ),
  emailHashes: z
    .enum(emailHashRules, "'none', 'confirmed' or 'all'")
    .default('none')
    .describe(
      'Whose `Person.emailHash` is filled, by which a picture service such as Gravatar knows an address: `none`, those of `confirmed` addresses, or `all`. Anybody can compare it with the hash of an address that they guess.',
    ),
});

/** The options of a microblog, with defaults filled in. */
export type MicroblogOptions = z.output<typeof microblogOptionsSchema>;
