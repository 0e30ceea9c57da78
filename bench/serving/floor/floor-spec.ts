import { samplePeople } from '../database/people.ts';
import { type PageShape, permalinkShape, type SampleIds, shapeOf } from './page-shape.ts';

/** The pages of one kind of viewer. */
export interface FloorPages {
  readonly home: PageShape;
  readonly explore: PageShape;
  readonly profile: PageShape;
  readonly permalink: string;
  /** The page of a post by the viewer. */
  readonly ownPermalink: string;
}

/** What the floor programs need to give the same bytes as ours. */
export interface FloorSpec {
  readonly databaseUrl: string;
  readonly secretKey: string;
  readonly members: FloorPages;
  readonly visitors: FloorPages;
  readonly signInPage: string;
  /** Headers that are the same for every page. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SamplePages extends SampleIds {
  readonly url: string;
  /** Cookies of the sample viewer. */
  readonly cookie: string;
  /** A post by the sample author, and one by the sample viewer. */
  readonly post: string;
  readonly ownPost: string;
}

/** Loads pages of ours with sample people, and cuts them into templates. */
export async function floorPages(
  sample: SamplePages,
): Promise<Pick<FloorSpec, 'members' | 'visitors' | 'signInPage' | 'headers'>> {
  const load = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(sample.url + path, { headers: { ...headers, 'Accept-Encoding': 'identity' } });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}.`);
    return answer;
  };
  const pagesFor = async (headers: Record<string, string>): Promise<FloorPages> => {
    const page = async (path: string) => (await load(path, headers)).text();
    const profile = shapeOf(await page(`/user/${samplePeople.author}`), sample);
    const home = shapeOf(await page('/'), sample, headers.cookie === undefined ? profile : null);
    return {
      profile,
      home,
      explore: shapeOf(await page('/explore'), sample, home),
      permalink: permalinkShape(await page(`/posts/${sample.post}`), sample),
      ownPermalink: permalinkShape(await page(`/posts/${sample.ownPost}`), sample),
    };
  };
  return {
    members: await pagesFor({ cookie: sample.cookie }),
    visitors: await pagesFor({}),
    signInPage: await (await load('/login', {})).text(),
    headers: constantHeaders((await load('/explore', {})).headers),
  };
}

const changing = new Set([
  ...['connection', 'content-length', 'date', 'keep-alive', 'set-cookie', 'transfer-encoding'],
  ...['x-request-id', 'etag'],
]);

function constantHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !changing.has(name)));
}
