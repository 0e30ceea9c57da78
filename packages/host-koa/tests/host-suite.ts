import { postsSuite } from './suite/posts.ts';
import { registrationSuite } from './suite/registration.ts';
import { signingInSuite } from './suite/signing-in.ts';
import type { OpenHost } from './support/host.ts';

/** What the application does over HTTP, wherever it is mounted and whatever it keeps its data in. */
export function hostSuite(open: OpenHost): void {
  registrationSuite(open);
  signingInSuite(open);
  postsSuite(open);
}
