import { accountDeletionSuite } from './suite/account-deletion.ts';
import { badRequestsSuite } from './suite/bad-requests.ts';
import { editSuite } from './suite/edit.ts';
import { embedsSuite } from './suite/embeds.ts';
import { exportSuite } from './suite/export.ts';
import { feedsSuite } from './suite/feeds.ts';
import { filesSuite } from './suite/files.ts';
import { flashSuite } from './suite/flash.ts';
import { mailLinksSuite } from './suite/mail-links.ts';
import { newsSuite } from './suite/news.ts';
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
import { timelinesSuite } from './suite/timelines.ts';
import { translationSuite } from './suite/translation.ts';
import type { OpenHost } from './support/host.ts';

/** What the application does over HTTP, wherever it is mounted and whatever it keeps its data in. */
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
  newsSuite(open);
  flashSuite(open);
  peopleSuite(open);
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
