import type { LoadRequest } from '../load/load.ts';
import { memberCookies } from '../load/member-cookies.ts';
import type { RowLoad } from './measure.ts';
import type { Subjects } from './people-and-posts.ts';

export const viewers = ['member', 'visitor'] as const;
export type ViewerKind = (typeof viewers)[number];

/** The pages that are compared with the floor, and where each is. */
const targets = {
  home: () => ['/'],
  profile: ({ authors }: Subjects) => authors.map(({ nickname }) => `/user/${nickname}`),
  explore: () => ['/explore'],
  permalink: ({ posts }: Subjects) => posts.map((id) => `/posts/${id}`),
};

export type PageName = keyof typeof targets;
export const pageNames = Object.keys(targets) as PageName[];

/** Requests for a page: members take turns, and so do the people and posts that are shown. */
export function pageLoad(page: PageName, viewer: ViewerKind, subjects: Subjects): RowLoad {
  return { status: 200, requests: gets(targets[page](subjects), viewer, subjects) };
}

/** GET requests of paths in turn, each by the next member, or by a browser without cookies. */
export function gets(
  paths: readonly string[],
  viewer: ViewerKind,
  { members }: Pick<Subjects, 'members'>,
  headers: Readonly<Record<string, string>> = {},
): LoadRequest[] {
  const cookies = viewer === 'visitor' ? [] : members.map(({ id }) => memberCookies(id));
  const count = Math.max(paths.length, cookies.length);
  return Array.from({ length: count }, (_, number) => {
    const cookie = cookies[number % cookies.length];
    return {
      method: 'GET' as const,
      path: paths[number % paths.length] ?? '/',
      headers: cookie === undefined ? headers : { ...headers, Cookie: cookie },
    };
  });
}

/** Forms with posts, of members in turn. Their tokens come from pages of `url`. */
export async function publishLoad(url: string, { members }: Pick<Subjects, 'members'>): Promise<RowLoad> {
  const requests: LoadRequest[] = [];
  for (const { id, nickname } of members) {
    const cookie = memberCookies(id);
    const page = await (await fetch(`${url}/posts/0`, { headers: { cookie } })).text();
    const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1];
    if (token === undefined) throw new Error('The page has no form with a token.');
    const text = `${nickname} walked home through the rain and counted the lit windows on the way, again.`;
    requests.push({
      method: 'POST',
      path: '/posts',
      headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: token, body: text }).toString(),
    });
  }
  return { status: 303, requests };
}
