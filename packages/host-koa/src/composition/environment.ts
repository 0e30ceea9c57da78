import { normalizeEmail } from '@microblog/core';
import { z } from 'zod';
import { catalogues } from '../i18n/catalogues.ts';
import { isLanguageTag } from '../i18n/language-tag.ts';
import { parseProviders } from '../outbound/identity-providers/provider-settings.ts';
import { isAddress, isMailbox } from '../outbound/mail/mailbox.ts';
import { EXPECTED_ORIGIN, parseEmbedOrigin } from '../site/embed-origins.ts';
import { flag, isOrigin, isPostgresUrl, isSiteUrl, proxyUrl, wholeNumber } from './environment-values.ts';

/** The languages that have texts, in the format of `LANGUAGES`. */
export const knownLanguages = Object.keys(catalogues).join(',');

/**
 * The environment variables that the application reads, each with its default and a description.
 * `docs/configuration.md` is generated from them. A message completes the sentence "expected …".
 */
export const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(5000).describe('TCP port to listen on; 0 takes any free one.'),
  HOST: z.string().optional().describe('Address to listen on. Default: `127.0.0.1`, on Heroku `0.0.0.0`.'),
  WEB_CONCURRENCY: wholeNumber(1, 100)
    .default(1)
    .describe(
      'Number of processes that answer requests; more than one needs a Postgres server. Set by Heroku according to the size of the dyno.',
    ),
  BASE_PATH: z
    .string()
    .regex(/^(\/(?!\.+(\/|$))[A-Za-z0-9_.~-]+)*\/?$/, 'a path such as /blog')
    .transform((path) => path.replace(/\/$/, ''))
    .default('')
    .describe('Path under which everything is served, such as `/blog`.'),
  BASE_URL: z
    .string()
    .refine(isSiteUrl, 'an address such as https://blog.example.org, without user, query or fragment')
    .transform((url) => new URL(url).href.replace(/\/$/, ''))
    .optional()
    .describe(
      'Public address of the site, such as `https://blog.example.org`: links in mails, feeds and embeds use only this address. Its path is that of `BASE_PATH`, and may be left out.',
    ),
  BRAND: z
    .string()
    .trim()
    .min(1, 'a name')
    .max(60, 'a name of at most 60 characters')
    .optional()
    .describe('Name of the site, on every page. Default: that of the theme, or `Microblog`.'),
  THEME_DIR: z
    .string()
    .optional()
    .describe(
      'Folder with the theme of the site: colours, footer, texts, templates, pictures; see [theming](theming.md).',
    ),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'an address such as postgres://user:password@host:5432/name')
    .optional()
    .describe('Postgres server to use. Default: an embedded database in `DATA_DIR`.'),
  DATABASE_SCHEMA: z
    .string()
    .regex(
      /^(?!pg_)[a-z_][a-z0-9_]{0,44}$/,
      'a name of small letters, digits and _, 45 characters at most, not beginning with pg_',
    )
    .default('microblog')
    .describe('Postgres schema that holds everything; nothing outside of it is touched.'),
  DATABASE_POOL: wholeNumber(1, 100)
    .optional()
    .describe(
      'Maximum number of connections of each process to the Postgres server. Default: 20 ÷ `WEB_CONCURRENCY`, from 2 to 10.',
    ),
  DATABASE_PREPARE: flag()
    .default(true)
    .describe(
      'Prepare statements: each connection parses a statement once. `false` if `DATABASE_URL` is a pooler that gives each transaction another connection and does not support prepared statements, such as PgBouncer before 1.21.',
    ),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Directory of the embedded database, the search index and the generated secret key.'),
  SEARCH: z
    .enum(['none', 'file', 'postgres'], 'none, file or postgres')
    .optional()
    .describe(
      'Search index: `none`, `file` (in `DATA_DIR`) or `postgres` (in the database). Default: `file`, on Heroku `none`, because files are lost there.',
    ),
  SECRET_KEY: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => key.length >= 16),
      'keys of at least 16 characters, separated by commas',
    )
    .default([])
    .describe(
      'Signs sessions. Several, separated by commas, for rotation: the first signs, all verify. Required on Heroku. Default elsewhere: a generated one, stored in `DATA_DIR`.',
    ),
  HEROKU: flag().default(false).describe('Run with the Heroku profile. Also on if `DYNO` is set.'),
  DYNO: z.string().optional().describe('Set by Heroku.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent')
    .default('info')
    .describe('Lowest level of events to log.'),
  LOG_FORMAT: z
    .enum(['json', 'pretty'], 'json or pretty')
    .optional()
    .describe(
      'Format of standard output. Default: `pretty` in a terminal, `json` elsewhere and always on Heroku.',
    ),
  LOG_FILE: z
    .string()
    .optional()
    .describe(
      'Additional log file with JSON lines. At 1 MB it is renamed to `.1`, older ones up to `.9`. Not on Heroku.',
    ),
  MAIL_SERVER: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'the name or address of a mail server, such as smtp.example.org')
    .optional()
    .describe('Mail server (SMTP). Without it, no mail is sent.'),
  MAIL_PORT: wholeNumber(1, 65_535)
    .optional()
    .describe('Port of the mail server. Default: 25; 587 with `MAIL_USE_TLS`, 465 with `MAIL_USE_SSL`.'),
  MAIL_USE_TLS: flag().default(false).describe('Require encryption by STARTTLS, with a valid certificate.'),
  MAIL_USE_SSL: flag()
    .default(false)
    .describe('Encrypt from the first byte (implicit TLS), with a valid certificate.'),
  MAIL_USERNAME: z.string().optional().describe('Name to sign in to the mail server with.'),
  MAIL_PASSWORD: z.string().optional().describe('Password for that name.'),
  MAIL_FROM: z
    .string()
    .refine(isMailbox, 'an address such as microblog@example.org or Microblog <microblog@example.org>')
    .optional()
    .describe('Sender of mails. Default: `microblog@` and the host of `BASE_URL`.'),
  ADMINS: z
    .string()
    .transform((list) =>
      list.split(',').flatMap((address) => (normalizeEmail(address) ?? address.trim()) || []),
    )
    .refine((list) => list.every(isAddress), 'addresses such as admin@example.org, separated by commas')
    .default([])
    .describe('Addresses that get mails about faults of the program, separated by commas.'),
  NODE_ENV: z
    .string()
    .optional()
    .describe('Use `production` on every public server: mails are then never written to the log.'),
  SLOW_QUERY_MS: wholeNumber(0, 3_600_000)
    .default(500)
    .describe(
      'Logs statements that take longer than this, in milliseconds; their values only at `LOG_LEVEL=debug`. 0 logs none.',
    ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe(
      'Token that clients of `/metrics` send, as `Authorization: Bearer …`. Without it, the proxy in front must keep that page private; on Heroku, the page then does not exist.',
    ),
  LANGUAGES: z
    .string()
    .transform((list) => list.split(',').map((tag) => tag.trim()))
    .refine((tags) => tags.every(isLanguageTag), `some of ${knownLanguages}, separated by commas`)
    .transform((tags) => [...new Set(tags)])
    .default(['en', 'es'])
    .describe(
      `Languages that are offered, the first being the fallback: some of ${knownLanguages}, and those that the theme adds.`,
    ),
  POSTS_PER_PAGE: wholeNumber(1, 200).default(50).describe('Posts on a page.'),
  MAX_SEARCH_RESULTS: wholeNumber(1, 200).default(50).describe('Posts on a page of search results.'),
  POST_MAX_LENGTH: wholeNumber(1, 5_000)
    .default(140)
    .describe('Characters of a post, as its reader counts them.'),
  REGISTRATION: z
    .enum(['open', 'closed'], 'open or closed')
    .default('open')
    .describe('Whether visitors may create accounts.'),
  RESERVED_NICKNAMES: z
    .string()
    .transform((names) => (names === 'none' ? [] : names.split(',').map((name) => name.trim())))
    .refine(
      (names) => names.every((name) => /^[A-Za-z0-9._]{1,64}$/.test(name)),
      'nicknames, separated by commas, or none',
    )
    .optional()
    .describe(
      'Nicknames that only administrators can give, separated by commas, in place of the usual ones (`admin`, `support`, `root`, names of pages…). `none` reserves none.',
    ),
  OIDC_PROVIDERS: z
    .string()
    .transform((text, context) =>
      parseProviders(text, (message) => context.addIssue({ code: 'custom', message })),
    )
    .default([])
    .describe(
      'Providers of OpenID Connect that people may sign in with, as a JSON list of objects with `name`, `issuer`, `clientId` and `clientSecret`; needs `BASE_URL`. See [sign-in](sign-in.md).',
    ),
  TRANSLATOR: z
    .enum(['none', 'azure', 'libretranslate'], 'none, azure or libretranslate')
    .default('none')
    .describe(
      'Engine that translates posts for members: `none`, `azure` (Azure AI Translator) or `libretranslate`. See [translation](translation.md).',
    ),
  TRANSLATOR_URL: z
    .string()
    .refine(isSiteUrl, 'an address such as http://127.0.0.1:5000, without user, query or fragment')
    .optional()
    .describe(
      'Address of the translator. Required with `libretranslate`; default with `azure`: the service of all regions.',
    ),
  TRANSLATOR_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'a key without spaces')
    .optional()
    .describe('Key of the translator. Required with `azure`.'),
  TRANSLATOR_REGION: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'a region such as westeurope')
    .optional()
    .describe('Region of the Azure resource, such as `westeurope`; a global one has none.'),
  HTTPS_PROXY: proxyUrl().describe(
    'Proxy for calls to other services (sign-in providers, translator) by `https:`, such as `http://proxy.example.org:3128`. As `https_proxy`, too.',
  ),
  HTTP_PROXY: proxyUrl().describe('The same for calls by `http:`. As `http_proxy`, too.'),
  NO_PROXY: z
    .string()
    .optional()
    .describe(
      'Hosts that are called without a proxy, separated by commas; `*` for all. This machine always is. As `no_proxy`, too.',
    ),
  WORKER: z
    .enum(['inline', 'off'], 'inline or off')
    .default('inline')
    .describe('Whether the process that serves pages also runs jobs. `off` if `microblog worker` runs them.'),
  REQUIRE_LOGIN: flag().default(false).describe('Show pages to members only.'),
  EMBED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .refine(
      (origins) => origins.every((origin) => parseEmbedOrigin(origin) !== null),
      `*, or ${EXPECTED_ORIGIN}, separated by commas`,
    )
    .transform((origins) => [...new Set(origins.map((origin) => parseEmbedOrigin(origin) ?? origin))])
    .default([])
    .describe(
      'Sites whose pages may show posts of this site, in a frame or by `<microblog-timeline>`: origins, separated by commas, or `*` for all. Default: none.',
    ),
  GRAVATAR: z
    .string()
    .transform((text) => text.replace(/^(on|1|true)$/i, 'on').replace(/^(off|0|false)$/i, 'off'))
    .refine(
      (text) => text === 'on' || text === 'off' || isOrigin(text),
      'on, off, or the origin of a service like Gravatar, such as https://avatars.example.org',
    )
    .default('on')
    .describe(
      'Whether pictures that people gave to Gravatar are shown, on top of the generated ones: readers’ browsers then request them from gravatar.com. `on`, `off`, or the origin of a service with the same API; see [accounts](accounts.md#pictures).',
    ),
  TRUST_PROXY: flag()
    .optional()
    .describe(
      'Trust the last `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Request-Id` of one proxy in front. Default: on for Heroku only.',
    ),
  MAX_CONCURRENT_REQUESTS: wholeNumber(1, 10_000)
    .default(64)
    .describe(
      'How many requests each process works on at once. The rest get a short 503 with `Retry-After`. Files and health checks do not count.',
    ),
});

/** Where the process runs. */
export type HostingProfile = 'vps' | 'heroku';

export type Environment = z.output<typeof environmentSchema>;
