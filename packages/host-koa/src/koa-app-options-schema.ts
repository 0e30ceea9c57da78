import { type Logger, parseOptions } from '@microblog/core';
import { z } from 'zod';
import type { HostSignIn } from './http/host-users/host-sign-in.ts';
import type { OwnTexts } from './i18n/own-texts.ts';
import type { Development, KoaAppOptions } from './koa-app-options.ts';
import type { BackgroundWork } from './operations/background-work.ts';
import type { FaultReporter } from './operations/faults/fault-reporter.ts';
import type { Readiness } from './operations/health/readiness.ts';
import type { MetricsPage } from './operations/metrics/metrics-source.ts';
import type { RequestObserver } from './operations/requests/finished-request.ts';
import type { RequestContext } from './operations/requests/request-context.ts';
import type { SearchObserver } from './operations/searches/finished-search.ts';
import type { Fetch } from './outbound/http/bounded-fetch.ts';
import type { ProviderSettings } from './outbound/identity-providers/provider-settings.ts';
import type { Theming } from './site/theming/theming.ts';

const flag = () => z.boolean('true or false');
const text = (expected: string) => z.string(expected);
const texts = (expected: string) => z.array(z.string(expected), `a list, each ${expected}`).readonly();
const milliseconds = () => z.number('milliseconds').positive('milliseconds, more than 0');

/** A caller's object with at least these methods. */
function objectWith<Type>(expected: string, ...methods: readonly (keyof Type & string)[]) {
  const fits = (given: unknown) =>
    typeof given === 'object' &&
    given !== null &&
    methods.every((name) => typeof (given as Record<string, unknown>)[name] === 'function');
  return z.custom<Type>(fits, expected);
}

const functionOf = <Type>(expected: string) =>
  z.custom<Type>((given) => typeof given === 'function', expected);
const listOf = <Type>(expected: string) => z.custom<readonly Type[]>(Array.isArray, expected);
const listOfFunctions = <Type>() =>
  z.custom<readonly Type[]>(
    (given) => Array.isArray(given) && given.every((one) => typeof one === 'function'),
    'a list of functions',
  );

/**
 * Every option of `createKoaApp` with its default and a description. The table in `docs/embedding.md` is generated from
 * it. It checks types only; the code that uses an address or a theme checks its content.
 */
const koaAppOptionsSchema = z.strictObject({
  secretKeys: texts('a text of at least 16 characters').describe(
    'Keys that sign cookies and links: the first signs, all verify. At least one, of at least 16 characters.',
  ),
  basePath: text('a path such as /blog')
    .default('')
    .describe('The path under which the application is mounted, such as `/blog`.'),
  origin: text('an origin such as https://shop.example')
    .optional()
    .describe('The public origin of the site. Default: links in feeds are paths, and oEmbed is off.'),
  languages: texts('a language such as en')
    .default(['en', 'es'])
    .describe('Offered languages, the fallback first.'),
  requireLogin: flag().default(false).describe('Whether visitors see only the pages to sign in.'),
  authenticate: functionOf<NonNullable<HostSignIn['authenticate']>>('a function')
    .optional()
    .describe(
      'Returns the sender of a request, if the host application signs people in. Default: accounts here.',
    ),
  loginUrl: z
    .union([z.string(), z.custom<(next: string) => string>((given) => typeof given === 'function')], {
      error: 'an address or a function that makes one',
    })
    .optional()
    .describe('With `authenticate`: where people sign in.'),
  logoutUrl: text('an address')
    .optional()
    .describe('With `authenticate`: where people sign out. Default: no such link.'),
  authenticateTimeout: milliseconds()
    .default(10_000)
    .describe('How long `authenticate` may take, in milliseconds.'),
  avatarOrigins: texts('an origin such as https://cdn.example.org')
    .default([])
    .describe('Origins from which pictures of accounts may come.'),
  identityProviders: listOf<ProviderSettings>('a list of providers')
    .default([])
    .describe('Providers of OpenID Connect that people may sign in with. Needs `origin`.'),
  identityProviderTimeout: milliseconds()
    .default(5_000)
    .describe('How long each call to a provider may take, in milliseconds.'),
  fetch: functionOf<Fetch>('a function like the fetch of Node.js')
    .optional()
    .describe(
      'Makes the calls to providers, for example by way of a proxy. Default: the `fetch` of Node.js.',
    ),
  gravatar: z
    .union([z.boolean(), z.string()], { error: 'true, false or an origin' })
    .default(false)
    .describe('Whether pictures of Gravatar are shown, or the origin of a service like it.'),
  embedOrigins: texts('an origin such as https://example.org, or *')
    .default([])
    .describe('Sites that may show posts in their pages; `*` for all.'),
  brand: z.custom<Theming['brand']>().optional().describe('The name of the site. Default: `Microblog`.'),
  theme: z.custom<Theming['theme']>().optional().describe('Colours and fonts. Default: ours.'),
  footer: z.custom<Theming['footer']>().optional().describe('The end of every page. Default: none.'),
  views: text('a directory')
    .optional()
    .describe('A directory of templates that replace ours. Default: none.'),
  locales: z
    .custom<OwnTexts>((given) => typeof given === 'object' && given !== null, 'texts by language')
    .optional()
    .describe('Texts by language and catalogue that replace ours. Default: none.'),
  assets: text('a directory').optional().describe('A directory of files that replace ours. Default: none.'),
  compress: flag().default(false).describe('Whether pages are compressed, except those of accounts.'),
  trustProxy: flag().default(false).describe('Whether the headers of one proxy in front are trusted.'),
  maxConcurrentRequests: z
    .int('a whole number')
    .min(1, 'a whole number, at least 1')
    .default(64)
    .describe('How many requests may run at once; the rest get 503. Files and health checks do not count.'),
  limitAttempts: flag()
    .default(true)
    .describe('Whether an address has to wait after too many wrong passwords.'),
  logger: objectWith<Logger>('a logger with debug, info, warn and error', 'debug', 'info', 'warn', 'error')
    .optional()
    .describe('Gets a line for each request, and faults. Default: the logger of the microblog.'),
  faults: objectWith<FaultReporter>('an object with report()', 'report')
    .optional()
    .describe('Gets faults of the program (status 500 and above), beside the log. Default: none.'),
  background: objectWith<BackgroundWork>('the result of backgroundWork()', 'start', 'settled')
    .optional()
    .describe('Collects work that no response waits for. Default: its own collection.'),
  readiness: objectWith<Readiness>('the result of readiness()', 'reason')
    .optional()
    .describe('The check behind `/readyz`. Default: always ready.'),
  metricsPage: z
    .custom<MetricsPage>(
      (given) => typeof given === 'object' && given !== null && 'source' in given && 'token' in given,
      'an object with source and token',
    )
    .optional()
    .describe('The content of `/metrics`, and who may read it. Default: there is no such page.'),
  observers: listOfFunctions<RequestObserver>()
    .default([])
    .describe('Called for every request after its response has ended.'),
  searchObservers: listOfFunctions<SearchObserver>()
    .default([])
    .describe('Called for every search on the pages after it has ended.'),
  requestContext: objectWith<RequestContext>('the result of requestContext()', 'run')
    .optional()
    .describe('Returns the current request during its work. Default: its own.'),
  strictTemplates: flag()
    .optional()
    .describe(
      'Fails a page whose template names a missing variable or property; for tests of your templates. Default: only with `development`.',
    ),
  development: z
    .custom<Development>((given) => typeof given === 'object' && given !== null && 'assets' in given, {
      error: 'an object with assets',
    })
    .optional()
    .describe('For developing the pages: each page reads templates and assets again. Default: off.'),
} satisfies Record<keyof KoaAppOptions, z.ZodType>);

/** The options of `createKoaApp` with defaults filled in. */
export type ParsedKoaAppOptions = z.output<typeof koaAppOptionsSchema>;

/** @throws {Error} that names every unknown option and every option of a wrong type. */
export function parseKoaAppOptions(given: KoaAppOptions): ParsedKoaAppOptions {
  return parseOptions('createKoaApp', koaAppOptionsSchema, given);
}

/** The table of options, for `docs/embedding.md`. */
export function koaAppOptionsTable(): string {
  const rows = Object.entries(koaAppOptionsSchema.shape).map(([name, field]) => {
    const fallback = field instanceof z.ZodDefault ? JSON.stringify(field.def.defaultValue) : null;
    return `| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\``} | ${field.description ?? ''} |`;
  });
  return ['| option | default | what it does |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
