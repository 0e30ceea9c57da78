import type { Entry, Page, Person } from '@microblog/core';
import type { ReactNode } from 'react';

export function Document({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>
          {'body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui }'}
        </style>
      </head>
      <body>
        <h1>{title}</h1>
        {children}
      </body>
    </html>
  );
}

/** A page of posts, with the way to the older ones. */
export function Timeline({ page }: { page: Page<Entry> }) {
  if (page.items.length === 0) return <p>Nobody has written anything yet.</p>;
  return (
    <>
      {page.items.map((item) => (
        <Post key={item.post.id} {...item} />
      ))}
      {page.next !== null && <a href={`?before=${page.next}`}>Older posts</a>}
    </>
  );
}

function Post({ post, author }: Entry) {
  return (
    <article>
      <Author {...author} />
      {' · '}
      <time dateTime={post.createdAt.toISOString()}>{post.createdAt.toUTCString()}</time>
      <p>{post.body}</p>
    </article>
  );
}

function Author({ nickname }: Person) {
  return <a href={`/user/${nickname}`}>{nickname}</a>;
}
