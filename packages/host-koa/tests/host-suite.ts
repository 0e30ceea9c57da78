import { accountDeletionSuite } from './suite/account-deletion.ts';
import { badRequestsSuite } from './suite/bad-requests.ts';
import { editSuite } from './suite/edit.ts';
import { embedsSuite } from './suite/embeds.ts';
import { exportSuite } from './suite/export.ts';
import { feedsSuite } from './suite/feeds.ts';
import { filesSuite } from './suite/files.ts';
import { flashSuite } from './suite/flash.ts';
import { mailLinksSuite } from './suite/mail-links.ts';
import { newPostsSuite } from './suite/new-posts.ts';
import { oembedSuite } from './suite/oembed.ts';
import { passwordResetSuite } from './suite/password-reset.ts';
import { peopleSuite } from './suite/people.ts';
import { picturesSuite } from './suite/pictures.ts';
import { postsSuite } from './suite/posts.ts';
import { preferencesSuite } from './suite/preferences.ts';
import { protocolSuite } from './suite/protocol.ts';
import { proxiesSuite } from './suite/proxies.ts';
import { registrationSuite } from './suite/registration.ts';
import { searchSuite } from './suite/search.ts';
import { settingsSuite } from './suite/settings.ts';
import { signingInSuite } from './suite/signing-in.ts';
import { suspendedAuthorsSuite } from './suite/suspended-authors.ts';
import { timelinesSuite } from './suite/timelines.ts';
import { translationSuite } from './suite/translation.ts';
import type { OpenHost } from './support/host.ts';

/** The application's behaviour over HTTP, at every base path and on every storage. */
export function hostSuite(open: OpenHost): void {
  if (open.signIn === 'own') {
    registrationSuite(open);
    signingInSuite(open);
    proxiesSuite(open);
    passwordResetSuite(open);
    settingsSuite(open);
    editSuite(open);
    mailLinksSuite(open);
    accountDeletionSuite(open);
  }
  exportSuite(open);
  picturesSuite(open);
  postsSuite(open);
  timelinesSuite(open);
  newPostsSuite(open);
  flashSuite(open);
  peopleSuite(open);
  suspendedAuthorsSuite(open);
  searchSuite(open);
  translationSuite(open);
  preferencesSuite(open);
  protocolSuite(open);
  filesSuite(open);
  embedsSuite(open);
  oembedSuite(open);
  feedsSuite(open);
  badRequestsSuite(open);
}

/**
 * Behaviour that a framework around the application can break: headers, paths, bodies, cookies, redirects, files and
 * streams. With `MOUNTS=all` in the environment, it is the whole suite.
 */
export function mountSuite(open: OpenHost): void {
  if (process.env.MOUNTS === 'all') {
    hostSuite(open);
    return;
  }
  signingInSuite(open);
  proxiesSuite(open);
  exportSuite(open);
  postsSuite(open);
  flashSuite(open);
  protocolSuite(open);
  filesSuite(open);
  embedsSuite(open);
  badRequestsSuite(open);
}
