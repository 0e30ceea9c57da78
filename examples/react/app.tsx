import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createMicroblog,
  isMicroblogError,
  type Microblog,
  memoryStorage,
  type PageInput,
  visitor,
} from '@microblog/core';
import type { ReactNode } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { Document, Timeline } from './timeline.tsx';

/** A listener for `createServer` of node:http: `/` is everybody's timeline, `/user/ada` that of one. */
export function buildApp(microblog = createMicroblog({ storage: memoryStorage() })) {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const document = await pageFor(microblog, new URL(request.url ?? '/', 'http://localhost'));
      render(response, document === null ? 404 : 200, document ?? <Document title="Not found" />);
    } catch (error) {
      console.error(error);
      render(response, 500, <Document title="Something went wrong" />);
    }
  }
  return { microblog, handle };
}

/** All is read before anything is rendered: the status is known then, and components wait for nothing. */
async function pageFor(microblog: Microblog, { pathname, searchParams }: URL): Promise<ReactNode> {
  const { timelines, users } = microblog;
  const before = searchParams.get('before');
  const page: PageInput = before === null ? {} : { before };
  const [, nickname] = /^\/user\/([\w.]+)$/.exec(pathname) ?? [];
  if (nickname === undefined && pathname !== '/') return null;
  try {
    const author = nickname === undefined ? null : await users.show(visitor, nickname);
    const posts =
      author === null ? timelines.public(visitor, page) : timelines.ofAuthor(visitor, author, page);
    return (
      <Document title={author?.nickname ?? 'Microblog'}>
        <Timeline page={await posts} />
      </Document>
    );
  } catch (error) {
    const absent = isMicroblogError(error, 'user_not_found') || isMicroblogError(error, 'invalid_cursor');
    if (absent) return null;
    throw error;
  }
}

function render(response: ServerResponse, status: number, document: ReactNode): void {
  const { pipe } = renderToPipeableStream(document, {
    onShellReady() {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      pipe(response);
    },
    onShellError(error) {
      console.error(error);
      response.writeHead(500).end();
    },
  });
}
