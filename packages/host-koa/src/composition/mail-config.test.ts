import { describe, expect, it } from 'vitest';
import { refusedConfiguration } from '../../tests/support/refused-configuration.ts';
import { loadConfig } from './config.ts';

describe('mail', () => {
  const smtp = { MAIL_SERVER: 'smtp.example.org' };
  const signIn = { MAIL_USERNAME: 'mailer', MAIL_PASSWORD: 'pass-word' };
  const serverOf = (variables: Record<string, string>) => {
    const { delivery } = loadConfig(variables).mail;
    return delivery.kind === 'smtp' ? delivery.server : expect.fail('no mail server');
  };

  it.each([
    [{}, { port: 25, encryption: 'optional' }],
    [{ MAIL_USE_TLS: '1' }, { port: 587, encryption: 'starttls' }],
    [{ MAIL_USE_SSL: '1' }, { port: 465, encryption: 'tls' }],
    [
      { MAIL_USE_TLS: '1', MAIL_PORT: '2525' },
      { port: 2525, encryption: 'starttls' },
    ],
  ])('goes to a server by the port of its encryption: %j', (variables, expected) => {
    expect(serverOf({ ...smtp, ...variables })).toEqual({
      host: 'smtp.example.org',
      credentials: undefined,
      ...expected,
    });
  });

  it('signs in over encryption, or to this machine', () => {
    const credentials = { username: 'mailer', password: 'pass-word' };
    expect(serverOf({ ...smtp, ...signIn, MAIL_USE_TLS: '1' })).toMatchObject({ credentials });
    expect(serverOf({ ...signIn, MAIL_SERVER: '127.0.0.1' })).toMatchObject({ credentials });
    expect(refusedConfiguration({ ...smtp, ...signIn }).message).toContain(
      'MAIL_PASSWORD: would cross the network in clear',
    );
  });

  it.each([
    [{ MAIL_USE_TLS: '1', MAIL_USE_SSL: '1' }, 'MAIL_USE_SSL: not together with MAIL_USE_TLS'],
    [{ MAIL_USERNAME: 'mailer' }, 'MAIL_PASSWORD: required if its counterpart is set'],
    [{ MAIL_PASSWORD: 'pass-word' }, 'MAIL_USERNAME: required if its counterpart is set'],
    [{ MAIL_SERVER: 'smtp://example.org' }, 'MAIL_SERVER: expected the name or address of a mail server'],
    [{ MAIL_PORT: '0' }, 'MAIL_PORT: expected a whole number from 1 to 65535'],
    [{ MAIL_FROM: 'Microblog' }, 'MAIL_FROM: expected an address such as'],
    [{ ADMINS: 'a@example.org, nobody' }, 'ADMINS: expected addresses such as'],
  ])('is refused if variables contradict each other: %j', (variables, fault) => {
    const message = refusedConfiguration(variables).message;
    expect(message).toContain(fault);
    expect(message).not.toMatch(/pass-word|a@example/);
  });

  it('comes from MAIL_FROM, or from the host of the site', () => {
    const from = (variables: Record<string, string>) => loadConfig(variables).mail.from;
    expect(from({ MAIL_FROM: 'The blog <blog@example.org>' })).toEqual({
      name: 'The blog',
      address: 'blog@example.org',
    });
    expect(from({ BASE_URL: 'https://blog.example.org:8443' }).address).toBe('microblog@blog.example.org');
    expect(from({ BASE_URL: 'http://[::1]:5000' }).address).toBe('microblog@localhost');
  });

  it('takes several administrators', () => {
    expect(loadConfig({ ADMINS: ' a@example.org,b@example.org, ' }).mail.admins).toEqual([
      'a@example.org',
      'b@example.org',
    ]);
  });

  it('without a server is written to the log in development only', () => {
    const kind = (variables: Record<string, string>) => loadConfig(variables).mail.delivery.kind;
    expect(kind({})).toBe('log');
    expect(kind({ BASE_URL: 'http://localhost:5000' })).toBe('log');
    expect(kind({ NODE_ENV: 'production' })).toBe('none');
    expect(kind({ BASE_URL: 'https://blog.example.org' })).toBe('none');
    expect(kind({ LOG_FILE: 'blog.log' })).toBe('none');
    expect(
      kind({ HEROKU: '1', DATABASE_URL: 'postgres://db/app', SECRET_KEY: 'a secret key of some length' }),
    ).toBe('none');
  });
});
