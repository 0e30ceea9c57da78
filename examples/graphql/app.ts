import {
  createMicroblog,
  isMicroblogError,
  type Microblog,
  memoryStorage,
  type Viewer,
} from '@microblog/core';
import type { GraphQLError } from 'graphql';
import { createGraphQLError, createYoga, maskError } from 'graphql-yoga';
import { type Context, schema } from './schema.ts';

export interface Options {
  /** Default: in memory. */
  readonly microblog?: Microblog;
  /** Called for errors that are not caused by a client's input. */
  readonly report?: (error: unknown) => void;
}

/** `graphql` is a listener for `createServer` of node:http; Express, Fastify and Koa take it, too. */
export function buildApp({
  microblog = createMicroblog({ storage: memoryStorage() }),
  report = console.error,
}: Options = {}) {
  const graphql = createYoga<object, Context>({
    schema,
    context: async ({ request }) => ({ microblog, viewer: await viewerOf(microblog, request) }),
    maskedErrors: {
      maskError(error, message) {
        const known = coded(error);
        if (known !== null) return known;
        const shown = maskError(error, message);
        if (shown !== error) report(error);
        return shown;
      },
    },
    // Otherwise errors of clients would be logged, too.
    logging: false,
  });
  return { microblog, graphql };
}

/** The viewer, by HTTP's Basic authentication; an application with sessions would use those. */
async function viewerOf({ accounts }: Microblog, { headers }: Request): Promise<Viewer> {
  const [scheme, credentials = ''] = headers.get('authorization')?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic') return null;
  const [login = '', ...password] = Buffer.from(credentials, 'base64').toString().split(':');
  return accounts.signIn({ login, password: password.join(':') });
}

/** What clients may see of an error: its code and the invalid fields. All other errors stay masked. */
function coded(error: unknown) {
  // An error from a resolver keeps its place in the query.
  const { originalError = error, nodes = null, path = null } = error as Partial<GraphQLError>;
  if (!isMicroblogError(originalError) || originalError.code.startsWith('storage_')) return null;
  const { code, message, details } = originalError;
  return createGraphQLError(message, { nodes, path, extensions: { code, fields: details.fields } });
}
