import { describe, expect, it } from 'vitest';
import { operator } from '../accounts/viewer.ts';
import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { englishMailTexts, type MailTexts } from '../notifications/mail-texts.ts';
import { noMailer } from '../ports/mailer.ts';
import type { Storage } from '../ports/storage.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { recordingMailer } from '../testing/recording-mailer.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { FOLLOW_NOTIFY } from './follow-mails.ts';

const HOUR = 60 * 60 * 1000;

async function withMail() {
  const microblog = mailingMicroblog();
  const confirmed = { emailVerifiedAt: microblog.clock.now() };
  const member = (nickname: string) => microblog.member(nickname, confirmed);
  return { ...microblog, member, john: await member('john'), mary: await member('mary') };
}

describe('follows.follow', () => {
  it('mails the followed person when the job runs', async () => {
    const { follows, mailer, john, settled } = await withMail();
    await follows.follow(john, 'mary');
    expect(mailer.sent).toEqual([]);
    await settled();
    expect(mailer.sent).toEqual([
      {
        to: ['mary@example.org'],
        subject: 'john is now following you',
        text: 'john is now following you.\n',
      },
    ]);
  });

  it('sends no mail if nothing changed', async () => {
    const { follows, mailer, john, settled, jobs } = await withMail();
    await follows.follow(john, 'mary');
    await settled();
    await follows.follow(john, 'mary');
    expect((await jobs.statistics()).waiting).toBe(0);
    await settled();
    expect(mailer.sent).toHaveLength(1);
  });

  it('mails once a day, however often a member follows and unfollows', async () => {
    const { follows, mailer, john, settled, pass } = await withMail();
    for (let times = 0; times < 3; times++) {
      await follows.follow(john, 'mary');
      await settled();
      pass(HOUR);
      await follows.unfollow(john, 'mary');
      await settled();
    }
    expect(mailer.sent).toHaveLength(1);
    pass(24 * HOUR);
    await settled();
    expect(mailer.sent).toHaveLength(1);
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent).toHaveLength(2);
  });

  it('mails once if a member unfollows and follows again before the job runs', async () => {
    const { follows, mailer, john, settled } = await withMail();
    await follows.follow(john, 'mary');
    await follows.unfollow(john, 'mary');
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent).toHaveLength(1);
  });

  it('counts each pair and each direction separately', async () => {
    const { follows, mailer, john, mary, settled, member } = await withMail();
    const jim = await member('jim');
    await follows.follow(john, 'mary');
    await follows.follow(mary, 'john');
    await follows.follow(jim, 'mary');
    await settled();
    expect(mailer.sent.map(({ to, subject }) => `${to}: ${subject}`).sort()).toEqual([
      'john@example.org: mary is now following you',
      'mary@example.org: jim is now following you',
      'mary@example.org: john is now following you',
    ]);
  });

  it('tries again if the mail server refuses the mail', async () => {
    const { follows, mailer, john, settled, jobs, pass } = await withMail();
    mailer.failNext(new Error('on purpose'));
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent).toEqual([]);
    expect((await jobs.statistics()).scheduled).toBeGreaterThan(0);
    pass(HOUR);
    await settled();
    expect(mailer.sent).toHaveLength(1);
  });

  it('asks for the text in the recipient’s language', async () => {
    const mailer = recordingMailer();
    const mailTexts = {
      ...englishMailTexts,
      followed: ({ locale }, { follower }) => ({ subject: `${locale}: ${follower.nickname}`, text: '…' }),
    } satisfies MailTexts;
    const { follows, member, stop } = testMicroblog({}, { mailer, mailTexts });
    await follows.follow(
      await member('john', { locale: 'en' }),
      (await member('mary', { locale: 'es', emailVerifiedAt: new Date() })).nickname,
    );
    await until(async () => mailer.sent.length > 0);
    await stop();
    expect(mailer.sent[0]?.subject).toBe('es: john');
  });

  it('enqueues nothing if no mail can be sent', async () => {
    const jobs = memoryJobQueue();
    const { follows, member } = testMicroblog({}, { mailer: noMailer, jobs });
    await member('mary');
    await follows.follow(await member('john'), 'mary');
    expect(await jobs.statistics()).toMatchObject({ waiting: 0, scheduled: 0 });
  });

  it('counts the day from the attempt that sent the mail', async () => {
    const { follows, mailer, john, settled, pass } = await withMail();
    mailer.failNext(new Error('on purpose'));
    await follows.follow(john, 'mary');
    await settled();
    pass(2 * HOUR);
    await settled();
    expect(mailer.sent).toHaveLength(1);
    await follows.unfollow(john, 'mary');
    pass(24 * HOUR - 1);
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent).toHaveLength(1);
  });

  it('mails once if a member unfollows and follows again while the mail is being sent', async () => {
    const { follows, mailer, john, settled, pass, jobHandlers, jobs } = await withMail();
    const changeTheirMind = async () => {
      await follows.unfollow(john, 'mary');
      await follows.follow(john, 'mary');
    };
    const { send } = mailer;
    Object.assign(mailer, {
      async send(mail: Parameters<typeof send>[0]) {
        Object.assign(mailer, { send });
        await changeTheirMind();
        await send(mail);
      },
    });
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent).toHaveLength(1);

    pass(25 * HOUR);
    mailer.failNext(new Error('on purpose'));
    await changeTheirMind();
    await settled();
    await changeTheirMind();
    await jobs.start(jobHandlers);
    await jobs.stop();
    pass(HOUR);
    await settled();
    expect(mailer.sent).toHaveLength(2);
  });

  it('mails provisioned people, because the host application states their addresses', async () => {
    const { follows, mailer, john, settled, users, storage } = await withMail();
    const ada = { externalId: 7, nickname: 'ada', email: 'ada@example.org' };
    const { user } = await users.provision(operator, ada);
    const { user: ben } = await users.provision(operator, {
      externalId: 8,
      nickname: 'ben',
      email: 'ben@example.org',
    });
    await storage.users.update(ben.id, { email: 'stranger@example.org' });
    await follows.follow(john, user.nickname);
    await follows.follow(john, 'ben');
    await settled();
    expect(mailer.sent.map(({ to }) => to)).toEqual([['ada@example.org']]);
  });

  it('sends no mail for a follow that was rolled back', async () => {
    const { within, storage, mailer, jobs, john, settled } = await withMail();
    const attempt = storage.transaction(async (transaction) => {
      const lent = {
        ...transaction,
        transaction: (work) => work(transaction),
        close: async () => {},
      } as Storage;
      await within(lent).follows.follow(john, 'mary');
      throw new Error('on purpose');
    });
    await expect(attempt).rejects.toThrow('on purpose');
    expect(await jobs.statistics()).toMatchObject({ waiting: 0, scheduled: 0 });
    await settled();
    expect(mailer.sent).toEqual([]);
  });

  it('sends the mail of a job that an older release enqueued', async () => {
    const { jobHandlers, mailer, follows, john, mary } = await withMail();
    await follows.follow(john, 'mary');
    await jobHandlers[FOLLOW_NOTIFY]?.({ followerId: john.id, followedId: mary.id });
    expect(mailer.sent).toHaveLength(1);
  });
});

describe('a mail about a follow is not sent', () => {
  type Setup = Awaited<ReturnType<typeof withMail>>;
  it.each<[string, (setup: Setup) => Promise<unknown>]>([
    ['if the follow ended before the job runs', ({ follows, john }) => follows.unfollow(john, 'mary')],
    [
      'to a suspended member',
      ({ storage, mary, clock }) => storage.users.update(mary.id, { suspendedAt: clock.now() }),
    ],
    [
      'about a suspended follower',
      ({ storage, john, clock }) => storage.users.update(john.id, { suspendedAt: clock.now() }),
    ],
    [
      'to an unconfirmed address',
      ({ storage, mary }) => storage.users.update(mary.id, { emailVerifiedAt: null }),
    ],
    ['to a member without an address', ({ storage, mary }) => storage.users.update(mary.id, { email: null })],
  ])('%s', async (_why, change) => {
    const setup = await withMail();
    await setup.follows.follow(setup.john, 'mary');
    await change(setup);
    await setup.settled();
    expect(setup.mailer.sent).toEqual([]);
    expect(await setup.jobs.statistics()).toMatchObject({ waiting: 0, scheduled: 0, failed: 0 });
  });

  it('to deleted people', async () => {
    const { jobHandlers, mailer } = await withMail();
    await jobHandlers[FOLLOW_NOTIFY]?.({ followerId: '1', followedId: '2' });
    expect(mailer.sent).toEqual([]);
  });
});
