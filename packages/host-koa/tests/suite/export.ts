import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { tags } from '../support/html.ts';

export function exportSuite(open: OpenHost): void {
  describe('the export of one’s posts', () => {
    const host = useHost(open);

    it('is a JSON file of one’s own posts, the newest first', async () => {
      const [member, other] = [await host.member(), await host.member()];
      for (const body of ['first', 'a "second"\n👩‍💻']) await member.submit('/posts', { body });
      await other.submit('/posts', { body: 'somebody else’s' });
      const link = tags((await member.get('/settings')).text, 'a').find(
        ({ attributes }) => 'download' in attributes,
      );
      expect(link?.attributes.href).toMatch(/\/settings\/export$/);
      const { status, headers, text } = await member.get('/settings/export');
      expect(status).toBe(200);
      expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8');
      expect(headers.get('Content-Disposition')).toMatch(
        new RegExp(`^attachment; filename="posts-${member.nickname}-\\d{4}-\\d\\d-\\d\\d\\.json"$`),
      );
      expect(headers.get('Cache-Control')).toBe('private, no-store');
      const document = JSON.parse(text);
      expect(document).toMatchObject({
        format: 'microblog-posts',
        version: 1,
        author: { nickname: member.nickname },
        posts: [{ body: 'a "second"\n👩‍💻', language: null }, { body: 'first' }],
      });
      expect(document.posts[0].url).toMatch(/\/posts\/\d+$/);
    });

    it('is valid without a post, too, and answers HEAD', async () => {
      const member = await host.member();
      expect(JSON.parse((await member.get('/settings/export')).text).posts).toEqual([]);
      expect(await member.request('/settings/export', { method: 'HEAD' })).toMatchObject({
        status: 200,
        text: '',
      });
    });

    it('is for members', async () => {
      const { status, location } = await host.visitor().get('/settings/export');
      expect([status, location?.includes('settings%2Fexport')]).toEqual([303, true]);
    });
  });
}
