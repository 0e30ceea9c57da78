import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from './support/host.ts';
import { alertOf } from './support/html.ts';
import { postOffice } from './support/post-office.ts';
import { texts } from './support/texts.ts';
import { PASSWORD } from './support/visitor.ts';

const wrong = { password: 'wrong horse battery' };
const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });

describe('guessing passwords', () => {
  const mailer = postOffice();
  const host = useHost(hostOpener(), { mailer, app: { limitAttempts: true, trustProxy: true } });

  async function guess(login: string, address: string, times: number): Promise<number[]> {
    const guesser = host.visitor(from(address));
    const statuses: number[] = [];
    for (let time = 0; time < times; time++) statuses.push((await guesser.signIn(login, wrong)).status);
    return statuses;
  }

  it('is refused after ten wrong ones, in any case of the login, with the time to wait', async () => {
    const { nickname } = await host.member();
    expect(new Set(await guess(nickname, '192.0.2.1', 5))).toEqual(new Set([401]));
    expect(new Set(await guess(nickname.toUpperCase(), '192.0.2.1', 5))).toEqual(new Set([401]));
    const answer = await host.visitor(from('192.0.2.1')).signIn(nickname);
    expect(answer.status).toBe(429);
    expect(alertOf(answer.text)).toBe(texts('en').error('too_many_attempts'));
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
  });

  it('is also refused if many are tried at once', async () => {
    const { nickname } = await host.member();
    const guesser = host.visitor(from('192.0.2.9'));
    const token = await guesser.token('/login');
    const fields = { _csrf: token, login: nickname, ...wrong };
    const answers = await Promise.all(Array.from({ length: 30 }, () => guesser.send('/login', fields)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it('does not lock out the member from another address', async () => {
    const { nickname } = await host.member();
    await guess(nickname, '192.0.2.2', 10);
    expect((await host.visitor(from('192.0.2.3')).signIn(nickname)).status).toBe(303);
  });

  it('starts again after the right one', async () => {
    const { nickname } = await host.member();
    await guess(nickname, '192.0.2.4', 9);
    expect((await host.visitor(from('192.0.2.4')).signIn(nickname)).status).toBe(303);
    expect(await guess(nickname, '192.0.2.4', 2)).toEqual([401, 401]);
  });

  it('counts an IPv6 network as one address', async () => {
    const { nickname } = await host.member();
    await guess(nickname, '2001:db8:1:2::1', 5);
    await guess(nickname, '2001:0db8:1:2:ffff::2', 5);
    expect(await guess(nickname, '2001:db8:1:2:3:4:5:6', 1)).toEqual([429]);
    expect(await guess(nickname, '2001:db8:1:3::1', 1)).toEqual([401]);
  });

  it('is counted in the settings, too', async () => {
    const member = await host.member(from('192.0.2.5'));
    const fields = { current_password: 'wrong horse battery', password: 'another horse battery' };
    for (let time = 0; time < 10; time++) await member.submit('/settings/password', fields, '/settings');
    const right = { ...fields, current_password: PASSWORD };
    expect((await member.submit('/settings/password', right, '/settings')).status).toBe(429);
  });

  it('does not count an invalid form', async () => {
    const visitor = host.visitor(from('192.0.2.6'));
    for (let time = 0; time < 11; time++) {
      expect((await visitor.signIn('', { password: '' })).status).toBe(422);
    }
  });
});

describe('making accounts', () => {
  const host = useHost(hostOpener(), { app: { limitAttempts: true, trustProxy: true } });

  it('is refused after sixty from one address in an hour, made or not', async () => {
    const visitor = host.visitor(from('192.0.2.1'));
    const token = await visitor.token('/register');
    const attempt = { _csrf: token, nickname: 'a', email: 'nowhere', password: PASSWORD };
    const answers = await Promise.all(Array.from({ length: 61 }, () => visitor.send('/register', attempt)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(60).fill(422), 429]);
    expect(alertOf((await visitor.register('late')).text)).toBe(texts('en').error('too_many_attempts'));
    expect(await host.running.storage.users.findByNickname('late')).toBeNull();
    expect((await host.visitor(from('192.0.2.2')).register('elsewhere')).status).toBe(303);
  });
});

describe('asking for mails', () => {
  const mailer = postOffice();
  const host = useHost(hostOpener(), { mailer, app: { limitAttempts: true } });

  it('is refused after twenty of one address in an hour', async () => {
    const visitor = host.visitor();
    const ask = async (number: number) =>
      (await visitor.submit('/reset-password', { email: `nobody${number}@example.org` })).status;
    for (let number = 0; number < 20; number++) expect(await ask(number)).toBe(200);
    expect(await ask(20)).toBe(429);
  });
});

describe('asking for another address if no mail is sent', () => {
  const host = useHost(hostOpener(), { app: { limitAttempts: true } });

  it('is counted, too: it reveals who has an account', async () => {
    const [member, other] = [await host.member(), await host.member()];
    const fields = { email: `${other.nickname}@example.org`, password: PASSWORD };
    const ask = async () => (await member.submit('/settings/email', fields, '/settings')).status;
    for (let number = 0; number < 20; number++) expect(await ask()).toBe(422);
    expect(await ask()).toBe(429);
  });
});
