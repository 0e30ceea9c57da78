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
  /** Default: one in memory. */
  readonly microblog?: Microblog;
  /** Told of errors that are nobody's input. */
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
    // Else what clients did wrong would be logged, too.
    logging: false,
  });
  return { microblog, graphql };
}

/** Who asks, by HTTP's Basic authentication; an application with sessions would look there. */
async function viewerOf({ accounts }: Microblog, { headers }: Request): Promise<Viewer> {
  const [scheme, credentials = ''] = headers.get('authorization')?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic') return null;
  const [login = '', ...password] = Buffer.from(credentials, 'base64').toString().split(':');
  return accounts.signIn({ login, password: password.join(':') });
}

/** What clients may know of an error: its code, and which fields are at fault. Others stay masked. */
function coded(error: unknown) {
  // With the place in the query, where it comes from a resolver.
  const { originalError = error, nodes = null, path = null } = error as Partial<GraphQLError>;
  if (!isMicroblogError(originalError) || originalError.code.startsWith('storage_')) return null;
  const { code, message, details } = originalError;
  return createGraphQLError(message, { nodes, path, extensions: { code, fields: details.fields } });
}
