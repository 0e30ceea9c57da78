import { afterAll, beforeAll, expect, vi } from 'vitest';
import { memoryStorage } from '../../packages/core/src/index.ts';
import {
  hostOpener,
  type RunningHost,
  type TestHost,
  useHost,
} from '../../packages/host-koa/tests/support/host.ts';
import { oidcProvider, type TestProvider } from '../../packages/host-koa/tests/support/oidc-provider.ts';
import { type PostOffice, postOffice } from '../../packages/host-koa/tests/support/post-office.ts';
import { ORIGIN, settingsOf, signInAt } from '../../packages/host-koa/tests/support/provider-visitor.ts';
import {
  type Answer,
  type Fields,
  visitor as newVisitor,
  PASSWORD,
  type Visitor,
  type VisitorOptions,
} from '../../packages/host-koa/tests/support/visitor.ts';

/** Hosts with different configurations, for the length of a `describe`. */
export interface Places {
  /** With mail, a provider and Gravatar pictures. */
  readonly host: TestHost;
  /** Without mail and providers. */
  readonly bare: TestHost;
  /** With attempt limits; each language comes from its own address. */
  readonly limited: TestHost;
  readonly closed: TestHost;
  /** Inside an application that owns sign-in. */
  readonly inside: TestHost;
  /** With a list of posts that can't be read. */
  readonly broken: RunningHost;
  readonly provider: TestProvider;
  readonly mailer: PostOffice;
}

/** Produces the page of a state: the unparsed answer for `language`. */
export type State = (places: Places, language: string) => Promise<Answer>;

const wrong = 'wrong horse battery';
const noToken = 'x'.repeat(43);

async function linkIn({ mailer }: Places, nickname: string, path: RegExp): Promise<string> {
  const to = `${nickname}@example.org`;
  const found = () =>
    mailer.sent.flatMap((mail) => (mail.to.includes(to) ? (path.exec(mail.text)?.[0] ?? []) : []))[0];
  return vi.waitUntil(found, { timeout: 10_000, interval: 10 });
}

const settings =
  (path: string, fields: Fields): State =>
  async ({ host }, language) =>
    (await host.member({ language })).submit(`/settings/${path}`, fields, '/settings');

async function newPasswordLink(places: Places, language: string): Promise<[Visitor, string]> {
  const { nickname } = await places.host.member({ language });
  const visitor = places.host.visitor({ language });
  await visitor.submit('/reset-password', { email: `${nickname}@example.org` });
  return [visitor, await linkIn(places, nickname, /\/reset-password\/[\w-]{43}/)];
}

async function confirmationLink(places: Places, language: string): Promise<[Visitor, string]> {
  const { nickname } = await places.host.member({ language });
  const link = await linkIn(places, nickname, /\/confirm-email\/[\w-]{43}/);
  return [places.host.visitor({ language }), link];
}

async function followed(places: Places, language: string) {
  const [mary, john] = [await places.host.member({ language }), await places.host.member({ language })];
  // Mails about followers are sent only to confirmed addresses.
  const confirmation = await linkIn(places, mary.nickname, /\/confirm-email\/[\w-]{43}/);
  expect((await mary.submit(confirmation, {}, confirmation)).status).toBe(303);
  await john.submit(`/user/${mary.nickname}/follow`, {}, `/user/${mary.nickname}`);
  return { mary, john };
}

async function unsubscribing(places: Places, language: string): Promise<[Visitor, string]> {
  const { mary } = await followed(places, language);
  return [places.host.visitor({ language }), await linkIn(places, mary.nickname, /\/unsubscribe\/[\w.-]+/)];
}

/** A person who comes back from the provider, and the path to which they are redirected. */
async function fromProvider({ host, provider }: Places, visitor: Visitor, nickname: string) {
  provider.people.set(nickname, { nickname, email: `${nickname}@example.org`, email_verified: true });
  return (await signInAt(host.running, visitor, '/login/own-id', nickname)).location ?? '';
}

async function waitingLink(places: Places, language: string): Promise<[Visitor, string, string]> {
  const { nickname } = await places.host.member({ language });
  const visitor = places.host.visitor({ language });
  return [visitor, await fromProvider(places, visitor, nickname), nickname];
}

let people = 0;
async function withoutPassword(places: Places, language: string): Promise<Visitor> {
  const visitor = places.host.visitor({ language });
  await fromProvider(places, visitor, `provided${++people}`);
  return visitor;
}

/** A visitor from an address without earlier attempts. */
const elsewhere = (language: string, number: number): VisitorOptions => ({
  language,
  headers: { 'X-Forwarded-For': `2001:db8:${language === 'es' ? 1 : 2}:${number}::1` },
});

/** Repeats a request and returns the last answer. */
async function repeated(times: number, ask: () => Promise<Answer>): Promise<Answer> {
  for (let time = 1; time < times; time++) await ask();
  return ask();
}

/** Pages without an error to correct. */
export const states: Readonly<Record<string, State>> = {
  registration: ({ host }, language) => host.visitor({ language }).get('/register'),
  'sign-in': ({ host }, language) => host.visitor({ language }).get('/login'),
  'sign-in that keeps a post': async ({ host }, language) => {
    const visitor = host.visitor({ language });
    return visitor.submit('/posts', { body: 'typed before' }, '/login');
  },
  'sign-in with a waiting link': async (places, language) => {
    const [visitor, page] = await waitingLink(places, language);
    return visitor.get(page);
  },
  'a new password': ({ host }, language) => host.visitor({ language }).get('/reset-password'),
  'a new password, sent': ({ host }, language) =>
    host.visitor({ language }).submit('/reset-password', { email: 'a@example.org' }),
  'a new password, without mail': ({ bare }, language) => bare.visitor({ language }).get('/reset-password'),
  'the new password': async (places, language) => {
    const [visitor, link] = await newPasswordLink(places, language);
    return visitor.get(link);
  },
  'a link that expired': ({ host }, language) => host.visitor({ language }).get(`/reset-password/${noToken}`),
  confirmation: async (places, language) => {
    const [visitor, link] = await confirmationLink(places, language);
    return visitor.get(link);
  },
  'confirmation, done': async (places, language) => {
    const [visitor, link] = await confirmationLink(places, language);
    return visitor.submit(link, {}, link);
  },
  unsubscribing: async (places, language) => {
    const [visitor, link] = await unsubscribing(places, language);
    return visitor.get(link);
  },
  'unsubscribing, done': async (places, language) => {
    const [visitor, link] = await unsubscribing(places, language);
    return visitor.submit(link, {}, link);
  },
  settings: async ({ host }, language) => (await host.member({ language })).get('/settings'),
  'settings of a confirmed address, with a flash': async (places, language) => {
    const member = await places.host.member({ language });
    const link = await linkIn(places, member.nickname, /\/confirm-email\/[\w-]{43}/);
    await member.submit(link, {}, link);
    return member.get('/settings');
  },
  'settings with an address that waits': async ({ host }, language) => {
    const member = await host.member({ language });
    const email = `another.${member.nickname}@example.org`;
    const fields = { email, password: PASSWORD };
    const { status } = await member.submit('/settings/email', fields, '/settings');
    expect(status).toBe(303);
    return member.get('/settings');
  },
  'settings with a link that waits': async (places, language) => {
    const member = await places.host.member({ language });
    return member.get(await fromProvider(places, member, `other${member.nickname}`));
  },
  'settings without a password': async (places, language) =>
    (await withoutPassword(places, language)).get('/settings'),
  'settings without mail': async ({ bare }, language) => (await bare.member({ language })).get('/settings'),
  'settings inside an application': async ({ inside }, language) =>
    (await inside.member({ language })).get('/settings'),
  'editing the profile': async ({ host }, language) => (await host.member({ language })).get('/edit'),
  followers: async (places, language) => {
    const { mary } = await followed(places, language);
    return mary.get(`/user/${mary.nickname}/followers`);
  },
  following: async (places, language) => {
    const { john } = await followed(places, language);
    return john.get(`/user/${john.nickname}/following`);
  },
  'followers, none': async ({ host }, language) => {
    const member = await host.member({ language });
    return member.get(`/user/${member.nickname}/followers`);
  },
  'one’s own profile': async ({ host }, language) => {
    const member = await host.member({ language });
    await member.submit('/posts', { body: 'one' });
    return member.get(`/user/${member.nickname}`);
  },
  'the profile of a follower': async (places, language) => {
    const { mary, john } = await followed(places, language);
    return mary.get(`/user/${john.nickname}`);
  },
  'an error 403': ({ closed }, language) => closed.visitor({ language }).get('/register'),
  'an error 404': ({ host }, language) => host.visitor({ language }).get('/nowhere'),
  'an error 429': async ({ limited }, language) => {
    const member = await limited.member(elsewhere(language, 1));
    return repeated(21, () => member.submit('/settings/confirmation', {}, '/settings'));
  },
  'an error 500': ({ broken }, language) => newVisitor(broken.url, { language }).get('/explore'),
};

/** Forms that are shown again with an error; the invalid field has the focus. */
export const refusedStates: Readonly<Record<string, State>> = {
  registration: ({ host }, language) =>
    host.visitor({ language }).register('no way', { email: 'none', password: '1' }),
  'registration, the password alone': ({ host }, language) =>
    host.visitor({ language }).register('somebody', { password: '1' }),
  'sign-in': ({ host }, language) => host.visitor({ language }).signIn('nobody'),
  'sign-in, nothing typed': ({ host }, language) => host.visitor({ language }).signIn('', { password: '' }),
  'sign-in with a waiting link': async (places, language) => {
    const [visitor, , login] = await waitingLink(places, language);
    return visitor.submit('/login', { login, password: wrong, link: 'own-id' });
  },
  'sign-in, too often': ({ limited }, language) =>
    repeated(11, () => limited.visitor(elsewhere(language, 2)).signIn('nobody', { password: wrong })),
  'a new password': ({ host }, language) =>
    host.visitor({ language }).submit('/reset-password', { email: 'none' }),
  'a new password, too often': ({ limited }, language) => {
    const visitor = limited.visitor(elsewhere(language, 3));
    return repeated(21, () => visitor.submit('/reset-password', { email: 'a@example.org' }));
  },
  'the new password': async (places, language) => {
    const [visitor, link] = await newPasswordLink(places, language);
    return visitor.submit(link, { password: '1' }, link);
  },
  'a link for another account': async (places, language) => {
    const [owner, other] = [await places.host.member({ language }), await places.host.member({ language })];
    const nickname = `new.${owner.nickname}`;
    const email = `${nickname}@example.org`;
    await owner.submit('/settings/email', { email, password: PASSWORD }, '/settings');
    const link = await linkIn(places, nickname, /\/confirm-email\/[\w-]{43}/);
    return other.submit(link, {}, link);
  },
  'another address': settings('email', { email: 'none', password: wrong }),
  'another address, wrong password': settings('email', { email: 'another@example.org', password: wrong }),
  'another password': settings('password', { current_password: wrong, password: 'another horse' }),
  'another password, too often': async ({ limited }, language) => {
    const member = await limited.member(elsewhere(language, 4));
    const fields = { current_password: wrong, password: 'another horse' };
    return repeated(11, () => member.submit('/settings/password', fields, '/settings'));
  },
  'a link that waits': async (places, language) => {
    const member = await places.host.member({ language });
    await fromProvider(places, member, `another${member.nickname}`);
    return member.submit('/settings/identities', { link: 'own-id', password: wrong }, '/settings');
  },
  deletion: settings('delete', { password: wrong }),
  'deletion without a password': async (places, language) =>
    (await withoutPassword(places, language)).submit('/settings/delete', { nickname: 'no' }, '/settings'),
  'the profile': async ({ host }, language) =>
    (await host.member({ language })).submit('/edit', { nickname: 'no way' }, '/edit'),
  'the profile, about': async ({ host }, language) => {
    const member = await host.member({ language });
    return member.submit('/edit', { nickname: member.nickname, about_me: 'x'.repeat(141) }, '/edit');
  },
};

/** Starts them for the tests of a file. */
export async function usePlaces(): Promise<Places> {
  const provider = await oidcProvider({ redirectUris: [`${ORIGIN}/login/own-id/callback`] });
  afterAll(() => provider.close());
  const mailer = postOffice();
  const host = useHost(hostOpener(), {
    mailer,
    microblog: { emailHashes: 'confirmed' },
    app: {
      origin: ORIGIN,
      identityProviders: [settingsOf(provider, 'Own ID')],
      gravatar: 'https://pictures.example.org',
    },
  });
  const bare = useHost(hostOpener());
  const limited = useHost(hostOpener(), { mailer, app: { limitAttempts: true, trustProxy: true } });
  const closed = useHost(hostOpener(), { microblog: { registration: 'closed' } });
  const inside = useHost(hostOpener({ signIn: 'host' }), { mailer });

  const storage = memoryStorage();
  const listAll = () => Promise.reject(new Error('no posts today'));
  const openStorage = async () => ({ ...storage, posts: { ...storage.posts, listAll } });
  let broken: RunningHost | undefined;
  beforeAll(async () => {
    broken = await hostOpener({ openStorage })();
  });
  afterAll(() => broken?.close());
  return {
    ...{ host, bare, limited, closed, inside, provider, mailer },
    get broken() {
      return broken ?? expect.fail('the broken host is not running');
    },
  };
}
