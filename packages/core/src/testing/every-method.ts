import { hashOfSecret, newSecret } from '../accounts/account-token.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import type { MicroblogServices } from '../microblog.ts';
import type { MicroblogPorts } from '../microblog-options.ts';
import type { Post } from '../posts/post.ts';
import type { MemberAccount } from '../users/account.ts';
import { fakeTranslator } from './fake-translator.ts';
import { recordingMailer } from './recording-mailer.ts';
import { type TestMicroblog, testMicroblog } from './test-microblog.ts';

/** Values that only ada and cyd themselves, and administrators, may see. No other value is equal to these. */
export const secrets = {
  address: 'marker-address@private.example.org',
  addressOfSuspended: 'marker-suspended@private.example.org',
  verifiedAt: new Date('1999-09-09T09:09:09.999Z'),
  suspendedAt: new Date('1998-08-08T08:08:08.888Z'),
  epoch: 73_317_331,
  role: 'moderator',
  locale: 'tlh',
  setting: 'marker-setting',
  passwordHash: 'marker-hash',
  subject: 'marker-subject',
} as const;

export const PASSWORD = 'correct horse battery';

/** A small microblog with three users. ada has secrets, cyd is suspended, ben has no secrets and may be the viewer. */
export interface World {
  readonly microblog: TestMicroblog;
  /** The services of `microblog` within its storage. */
  readonly services: MicroblogServices;
  readonly ada: MemberAccount;
  readonly ben: MemberAccount;
  readonly cyd: MemberAccount;
  readonly post: Post;
  readonly benPost: Post;
  /** The secrets of mailed links, by user. */
  readonly links: Readonly<Record<'adaReset' | 'adaConfirm' | 'benReset', string>>;
}

/** Default for `ports`: adapters in memory. */
export async function smallWorld(ports: Partial<MicroblogPorts> = {}): Promise<World> {
  const storage = memoryStorage();
  const microblog = testMicroblog(
    {},
    {
      ...{ search: memorySearchIndex(), translator: fakeTranslator(), mailer: recordingMailer() },
      ...ports,
      storage,
    },
  );
  const services = microblog.within(storage);
  const { member, build } = microblog;
  const secret = {
    emailVerifiedAt: secrets.verifiedAt,
    role: secrets.role,
    locale: secrets.locale,
    sessionEpoch: secrets.epoch,
    settings: { mailOnFollow: false, unknown: secrets.setting },
  };
  const ada = await member('ada', { ...secret, email: secrets.address });
  const cyd = await member('cyd', {
    ...{ ...secret, email: secrets.addressOfSuspended, suspendedAt: secrets.suspendedAt },
  });
  await services.accounts.register(null, { nickname: 'ben', email: 'ben@example.org', password: PASSWORD });
  const ben = (await services.accounts.signIn({ login: 'ben', password: PASSWORD })) satisfies MemberAccount;
  const post = build.post(ada.id, { body: 'hello by ada', language: 'en' });
  const benPost = build.post(ben.id, { body: 'hello by ben', language: 'en' });
  for (const each of [post, benPost, build.post(cyd.id, { body: 'hello by cyd' })]) {
    await storage.posts.insert(each);
  }
  for (const [one, other] of [
    [ada, ben],
    [ben, ada],
    [cyd, ben],
    [ben, cyd],
  ] as const) {
    await storage.follows.insert(build.follow(one.id, other.id));
  }
  await storage.credentials.save({
    userId: ada.id,
    passwordHash: secrets.passwordHash,
    changedAt: secrets.verifiedAt,
  });
  await storage.identities.insert([
    build.identity(ada.id, { subject: secrets.subject, email: secrets.address, locale: secrets.locale }),
  ]);
  await services.search.fill();
  const link = async (owner: MemberAccount, purpose: 'reset_password' | 'confirm_email') => {
    const token = newSecret();
    await storage.accountTokens.insert({
      ...{ hash: (await hashOfSecret(token)) ?? '', userId: owner.id, purpose, email: owner.email ?? '' },
      expiresAt: new Date('2100-01-01T00:00:00.000Z'),
    });
    return token;
  };
  const links = {
    adaReset: await link(ada, 'reset_password'),
    adaConfirm: await link(ada, 'confirm_email'),
    benReset: await link(ben, 'reset_password'),
  };
  return { microblog, services, ada, ben, cyd, post, benPost, links };
}

type MethodOf<Service> = {
  [Name in keyof Service]: Service[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Service];

type Call = (world: World, viewer: Viewer) => unknown;

/** A call that proves, by a password, a token or a session, that the caller owns the returned account. */
export interface OwnersCall {
  readonly asOwner: Call;
}

/** A typical call of every public method of every service. A missing method does not compile. */
export const everyMethod: {
  readonly [Name in keyof MicroblogServices]: {
    readonly [Method in MethodOf<MicroblogServices[Name]>]: Call | OwnersCall;
  };
} = {
  accounts: {
    register: {
      asOwner: ({ services }, viewer) =>
        services.accounts.register(viewer, { nickname: 'new', email: 'new@example.org', password: PASSWORD }),
    },
    signIn: { asOwner: ({ services }) => services.accounts.signIn({ login: 'ben', password: PASSWORD }) },
    resumeSession: {
      asOwner: ({ services, ben }) => services.accounts.resumeSession({ userId: ben.id, epoch: 0 }),
    },
    signInWithIdentity: {
      asOwner: ({ services }) =>
        services.accounts.signInWithIdentity({
          ...{ issuer: 'https://id.example', subject: '1', email: 'dan@example.org', emailVerified: true },
        }),
    },
    requestPasswordReset: ({ services }) =>
      services.accounts.requestPasswordReset({ email: secrets.address }),
    passwordResetFor: ({ services, links }) => services.accounts.passwordResetFor(links.adaReset),
    resetPassword: {
      asOwner: ({ services, links }) =>
        services.accounts.resetPassword({ token: links.benReset, password: PASSWORD }),
    },
    changePassword: ({ services }, viewer) =>
      services.accounts.changePassword(viewer, { currentPassword: PASSWORD, password: 'another horse' }),
    setPassword: ({ services }, viewer) =>
      services.accounts.setPassword(viewer, { nickname: 'ada', password: PASSWORD }),
    hasPassword: ({ services }, viewer) => services.accounts.hasPassword(viewer),
    signOutEverywhere: ({ services }, viewer) => services.accounts.signOutEverywhere(viewer),
    requestEmailConfirmation: ({ services }, viewer) => services.accounts.requestEmailConfirmation(viewer),
    changeEmail: ({ services }, viewer) =>
      services.accounts.changeEmail(viewer, { email: 'other@example.org', password: PASSWORD }),
    pendingEmail: ({ services }, viewer) => services.accounts.pendingEmail(viewer),
    cancelEmailChange: ({ services }, viewer) => services.accounts.cancelEmailChange(viewer),
    emailConfirmationFor: ({ services, links }) => services.accounts.emailConfirmationFor(links.adaConfirm),
    isEmailConfirmedBy: ({ services, links }) => services.accounts.isEmailConfirmedBy(links.adaConfirm),
    confirmEmail: ({ services, links }, viewer) => services.accounts.confirmEmail(viewer, links.adaConfirm),
    delete: ({ services }, viewer) => services.accounts.delete(viewer, { password: PASSWORD }),
    remove: ({ services }, viewer) => services.accounts.remove(viewer, 'ada'),
    show: ({ services }, viewer) => services.accounts.show(viewer, 'ada'),
    find: ({ services, ada }, viewer) => services.accounts.find(viewer, ada.id),
    list: ({ services }, viewer) => services.accounts.list(viewer),
    suspend: ({ services }, viewer) => services.accounts.suspend(viewer, 'ada'),
    unsuspend: ({ services }, viewer) => services.accounts.unsuspend(viewer, 'cyd'),
    setRole: ({ services }, viewer) => services.accounts.setRole(viewer, 'ada', 'admin'),
    linkIdentity: ({ services }, viewer) =>
      services.accounts.linkIdentity(
        viewer,
        { issuer: 'https://id.example', subject: '2' },
        { password: PASSWORD },
      ),
    listIdentities: ({ services }, viewer) => services.accounts.listIdentities(viewer),
    unlinkIdentity: ({ services, ada }, viewer) => services.accounts.unlinkIdentity(viewer, ada.id),
  },
  users: {
    show: ({ services }, viewer) => services.users.show(viewer, 'ada'),
    find: ({ services, cyd }, viewer) => services.users.find(viewer, cyd.id),
    list: ({ services }, viewer) => services.users.list(viewer),
    suggestions: async ({ services }, viewer) => {
      await services.follows.unfollow(viewer, 'ada');
      return services.users.suggestions(viewer);
    },
    editProfile: ({ services }, viewer) =>
      services.users.editProfile(viewer, { nickname: 'benny', aboutMe: 'hello' }),
    changeSettings: ({ services }, viewer) => services.users.changeSettings(viewer, { mailOnFollow: true }),
    markSeen: ({ services }, viewer) => services.users.markSeen(viewer),
    provision: ({ services }, viewer) =>
      services.users.provision(viewer, { externalId: secrets.subject, nickname: 'ada' }),
    deprovision: ({ services }, viewer) => services.users.deprovision(viewer, secrets.subject),
    findProvisioned: ({ services }, viewer) => services.users.findProvisioned(viewer, secrets.subject),
    externalIdOf: ({ services, ada }, viewer) => services.users.externalIdOf(viewer, ada.id),
  },
  posts: {
    publish: ({ services }, viewer) => services.posts.publish(viewer, { body: 'new' }),
    show: ({ services, post }, viewer) => services.posts.show(viewer, post.id),
    own: ({ services }, viewer) => services.posts.own(viewer),
    delete: ({ services, benPost }, viewer) => services.posts.delete(viewer, benPost.id),
  },
  timelines: {
    home: ({ services }, viewer) => services.timelines.home(viewer),
    public: ({ services }, viewer) => services.timelines.public(viewer),
    // A caller in JavaScript may pass a whole account.
    ofAuthor: ({ services, ada }, viewer) => services.timelines.ofAuthor(viewer, ada),
    newerAtHome: ({ services }, viewer) => services.timelines.newerAtHome(viewer),
    newerInPublic: ({ services }, viewer) => services.timelines.newerInPublic(viewer),
  },
  follows: {
    follow: ({ services }, viewer) => services.follows.follow(viewer, 'ada'),
    unfollow: ({ services }, viewer) => services.follows.unfollow(viewer, 'ada'),
    show: ({ services }, viewer) => services.follows.show(viewer, 'ada'),
    relationship: ({ services, ada }, viewer) => services.follows.relationship(viewer, ada.id),
    followers: ({ services, ben }, viewer) => services.follows.followers(viewer, ben),
    following: ({ services, ben }, viewer) => services.follows.following(viewer, ben),
  },
  search: {
    posts: ({ services }, viewer) => services.search.posts(viewer, { query: 'hello' }),
    fill: ({ services }) => services.search.fill({ again: true }),
    status: ({ services }) => services.search.status(),
    keepFilled: ({ services }) => services.search.keepFilled({ afterStart: true }),
    lag: ({ services }) => services.search.lag(),
    clear: ({ services }) => services.search.clear(),
  },
  translation: {
    translate: ({ services, post }, viewer) => services.translation.translate(viewer, post.id, { to: 'es' }),
    kept: async ({ services, post, ben }, viewer) => {
      await services.translation.translate(ben, post.id, { to: 'es' });
      return services.translation.kept(viewer, post.id, 'es');
    },
  },
};
