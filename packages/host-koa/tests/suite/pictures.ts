import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { tags } from '../support/html.ts';
import { postOffice } from '../support/post-office.ts';

const hashOf = (nickname: string) => createHash('sha256').update(`${nickname}@example.org`).digest('hex');

export function picturesSuite(open: OpenHost): void {
  describe('pictures of Gravatar', () => {
    const mailer = postOffice();
    const host = useHost(open, {
      mailer,
      microblog: { emailHashes: open.signIn === 'own' ? 'confirmed' : 'all' },
      app: { gravatar: true },
    });

    it('are only for confirmed addresses, or another person’s face could be shown', async () => {
      const member = await host.member();
      const path = `/user/${member.nickname}`;
      if (open.signIn === 'own') {
        expect((await host.visitor().get(path)).text).not.toContain('gravatar.com');
        const link = await mailer.linkTo(
          `${member.nickname}@example.org`,
          /Confirm/,
          /\/confirm-email\/[\w-]{43}/,
        );
        await member.submit(link, {}, link);
      }
      const { text, headers } = await host.visitor().get(path);
      const pictures = tags(text, 'img').map(({ attributes }) => attributes);
      expect(pictures).toContainEqual(
        expect.objectContaining({
          src: `https://gravatar.com/avatar/${hashOf(member.nickname)}?s=192&d=blank`,
          alt: '',
          referrerpolicy: 'no-referrer',
        }),
      );
      expect(pictures[0]?.src).toMatch(/\/avatars\/\d+\.svg$/);
      expect(headers.get('Content-Security-Policy')).toContain("img-src 'self' https://gravatar.com;");
    });
  });

  describe('pictures of Gravatar if no mail can be sent', () => {
    const host = useHost(open, { microblog: { emailHashes: 'all' }, app: { gravatar: true } });

    it('are for any address: none can be confirmed there', async () => {
      const member = await host.member();
      expect((await member.get(`/user/${member.nickname}`)).text).toContain(hashOf(member.nickname));
      expect(tags((await member.get('/edit')).text, 'a').map(({ attributes }) => attributes.href)).toContain(
        'https://gravatar.com',
      );
    });
  });

  describe('pictures if Gravatar is not used', () => {
    const host = useHost(open);

    it('are the generated ones, and the page contains no hash of the address', async () => {
      const member = await host.member();
      const { text, headers } = await member.get(`/user/${member.nickname}`);
      expect(text).not.toContain(hashOf(member.nickname));
      if (open.signIn === 'own') expect((await member.get('/edit')).text).not.toContain('Gravatar');
      expect(headers.get('Content-Security-Policy')).toContain("img-src 'self';");
    });
  });
}
