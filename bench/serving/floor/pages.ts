import type { FloorPages } from './floor-spec.ts';
import type { PageShape } from './page-shape.ts';
import { compileTemplate, type Values } from './page-template.ts';
import { escapeHtml, floorExactTime, floorPostHtml, floorRelativeTime } from './post-html.ts';
import type { FloorViewer } from './session.ts';
import type { FloorPerson, FloorPost } from './statements.ts';

const PAGE_SIZE = 25;

/** Writes pages of posts from rows. */
export function floorTemplates(shapes: FloorPages) {
  const [permalink, ownPermalink] = [compileTemplate(shapes.permalink), compileTemplate(shapes.ownPermalink)];
  return {
    home: listTemplate(shapes.home),
    explore: listTemplate(shapes.explore),
    profile: listTemplate(shapes.profile),
    permalink: (post: FloorPost, viewer: FloorViewer | null, token: string) =>
      (post.author_id === viewer?.id ? ownPermalink : permalink)({
        ...pageValues(viewer, token),
        ...postValues(post, token, Date.now()),
      }),
  };
}

function listTemplate(shape: PageShape) {
  const [head, tail] = [compileTemplate(shape.head), compileTemplate(shape.tail)];
  const other = compileTemplate(shape.post);
  const own = shape.ownPost === null ? other : compileTemplate(shape.ownPost);
  return (
    found: readonly FloorPost[],
    viewer: FloorViewer | null,
    token: string,
    more: Values = {},
  ): string => {
    const now = Date.now();
    const posts = found.slice(0, PAGE_SIZE);
    const around = { ...pageValues(viewer, token), ...more, last: posts.at(-1)?.id ?? '' };
    let html = head(around);
    for (const [index, post] of posts.entries()) {
      if (index > 0) html += shape.between;
      html += (post.author_id === viewer?.id ? own : other)(postValues(post, token, now));
    }
    return html + tail(around);
  };
}

function pageValues(viewer: FloorViewer | null, token: string): Values {
  return { viewer: viewer?.nickname ?? '', viewerId: viewer?.id ?? '', token };
}

function postValues(post: FloorPost, token: string, now: number): Values {
  const { id, body, created_at: at, author_id: authorId, nickname: author, language } = post;
  return {
    ...{ id, author, authorId, token, language: language ?? '' },
    iso: at.toISOString(),
    exact: floorExactTime(at),
    relative: floorRelativeTime(at, now),
    body: floorPostHtml(body),
    get quotedText() {
      return `"${escapeHtml(body)}"`;
    },
  };
}

/** What the head of a profile shows. */
export function personValues(person: FloorPerson): Values {
  const { id, nickname, about_me: about, created_at: joined, last_seen_at: seen } = person;
  return {
    ...{ author: nickname, authorId: id, about: escapeHtml(about) },
    ...{ posts: person.post_count, followers: person.follower_count, following: person.following_count },
    joined: joined.toISOString(),
    seen: seen?.toISOString() ?? '',
  };
}
