import type { Entry, Microblog, Page, Person, Viewer } from '@microblog/core';
import SchemaBuilder from '@pothos/core';

/** The context of resolvers, one per request. */
export interface Context {
  readonly microblog: Microblog;
  readonly viewer: Viewer;
}

const builder = new SchemaBuilder<{
  Context: Context;
  Scalars: { DateTime: { Input: Date; Output: Date } };
  Objects: { User: Person; Post: Entry; PostPage: Page<Entry> };
  DefaultFieldNullability: false;
}>({ defaultFieldNullability: false });

builder.scalarType('DateTime', {
  serialize: (time) => time.toISOString(),
  parseValue: (text) => new Date(String(text)),
});

builder.objectType('User', {
  fields: (t) => ({
    id: t.exposeID('id'),
    nickname: t.exposeString('nickname'),
    aboutMe: t.exposeString('aboutMe'),
    followers: t.exposeInt('followerCount'),
    posts: t.field({
      type: 'PostPage',
      args: { before: t.arg.string() },
      resolve: (user, { before }, { microblog, viewer }) =>
        microblog.timelines.ofAuthor(viewer, user, before ? { before } : {}),
    }),
  }),
});

// Core reads the posts of a page with their authors: no loader is needed.
builder.objectType('Post', {
  fields: (t) => ({
    id: t.id({ resolve: ({ post }) => post.id }),
    body: t.string({ resolve: ({ post }) => post.body }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ post }) => post.createdAt }),
    author: t.field({ type: 'User', resolve: ({ author }) => author }),
  }),
});

builder.objectType('PostPage', {
  fields: (t) => ({
    items: t.field({ type: ['Post'], resolve: ({ items }) => [...items] }),
    next: t.exposeString('next', { nullable: true, description: 'For `before` of the next page.' }),
  }),
});

builder.queryType({
  fields: (t) => ({
    timeline: t.field({
      type: 'PostPage',
      description: 'Everybody’s posts, or those of whom the viewer follows.',
      args: { home: t.arg.boolean({ defaultValue: false }), before: t.arg.string() },
      resolve: (_root, { home, before }, { microblog, viewer }) =>
        microblog.timelines[home ? 'home' : 'public'](viewer, before ? { before } : {}),
    }),
    user: t.field({
      type: 'User',
      args: { nickname: t.arg.string({ required: true }) },
      resolve: (_root, { nickname }, { microblog, viewer }) => microblog.users.show(viewer, nickname),
    }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    publish: t.field({
      type: 'Post',
      args: { body: t.arg.string({ required: true }) },
      resolve: async (_root, { body }, { microblog, viewer }) =>
        microblog.posts.show(viewer, (await microblog.posts.publish(viewer, { body })).id),
    }),
    follow: t.field({
      type: 'User',
      args: { nickname: t.arg.string({ required: true }) },
      resolve: async (_root, { nickname }, { microblog, viewer }) => {
        await microblog.follows.follow(viewer, nickname);
        return microblog.users.show(viewer, nickname);
      },
    }),
  }),
});

export const schema = builder.toSchema();
