import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

const OBJECT_IN_USE = '55006';

/** A database of the test server for one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database after connections that are closing have closed. Ends all others. */
  drop(): Promise<void>;
}

/** Makes a database on the server that the test run started: an empty one, or a copy of `template`. */
export async function createDatabase({
  name = `test_${randomUUID().replaceAll('-', '')}`,
  template = 'template1',
}: {
  readonly name?: string;
  readonly template?: string;
} = {}): Promise<TestDatabase> {
  await asAdministrator(`create database ${name} template ${template}`);
  return { url: databaseUrl(name), drop: () => drop(name) };
}

/** The address of a database of that server. */
export function databaseUrl(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** A separate session that inspects and changes the database under test. */
export interface Session {
  query(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  end(): Promise<void>;
}

export async function openSession(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    query: async (statement) => (await client.query(statement)).rows,
    end: () => client.end(),
  };
}

/** Long enough for connections that were just closed. If the server ended them, their error would have no listener. */
const LEAVING_MS = 5_000;

async function drop(name: string): Promise<void> {
  const end = Date.now() + LEAVING_MS;
  while (Date.now() < end) {
    try {
      return await asAdministrator(`drop database ${name}`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== OBJECT_IN_USE) throw error;
    }
  }
  await asAdministrator(`drop database ${name} with (force)`);
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
