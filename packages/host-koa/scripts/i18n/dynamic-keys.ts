import { errorCodes, fieldProblemKinds, searchOrders, settingsSchema } from '@microblog/core';
import { hostErrorCodes } from '../../src/host-errors.ts';
import { flashCodes } from '../../src/http/sessions/flash.ts';
import { themes } from '../../src/http/sessions/preferences.ts';
import { searchExamples } from '../../src/pages/search/search-view.ts';
import { fieldName } from '../../src/pages/settings/setting-rows.ts';

const codes = [...errorCodes, ...hostErrorCodes];
const mailLinks = ['confirm_email', 'unsubscribe'];
const connections = ['followers', 'following'];

/**
 * Keys that are built at run time: each pattern, and every value of its `*`. The compiler checks the keys of modules.
 * This list is for the keys of templates, and for finding unused texts. The check reports a pattern that is missing
 * here, and one that no code uses.
 */
export const dynamicKeys: Readonly<Record<string, readonly string[]>> = {
  'errors:codes.*.title': codes,
  'errors:codes.*.text': codes,
  'errors:fields.*': fieldProblemKinds,
  'pages:flash.*': flashCodes,
  'pages:search.examples.*.query': searchExamples,
  'pages:search.examples.*.text': searchExamples,
  'pages:search.order_*': searchOrders,
  'pages:places.*': ['home', 'explore', 'search', 'profile'],
  'pages:layout.theme_*': themes,
  'pages:error.*': ['sign_in', 'settings'],
  'pages:people.title_*': connections,
  'pages:people.*': connections,
  'pages:people.empty_*_title': connections,
  'pages:people.empty_*_text': connections,
  'pages:settings.*': Object.keys(settingsSchema.shape).map(fieldName),
  'pages:pagination.newer_*': ['posts', 'people'],
  'pages:pagination.older_*': ['posts', 'people'],
  'pages:mail_link.*.title': mailLinks,
  'pages:mail_link.*.text': mailLinks,
  'pages:mail_link.*.submit': mailLinks,
  'pages:mail_link.*.done': mailLinks,
  'pages:mail_link.*.done_title': mailLinks,
};

/** Fields that may have texts of their own: `fields.required_nickname` beside `fields.required`. */
export const fieldContexts: readonly string[] = ['body', 'email', 'login', 'nickname', 'password'];
