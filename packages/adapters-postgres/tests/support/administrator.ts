import pg from 'pg';

/** Runs statements with the rights of whom the address names, over TLS that need not verify where it is asked for. */
export async function runStatements(
  url: string,
  statements: readonly string[],
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<void> {
  const client = new pg.Client({ connectionString: url, ssl: tls ? { rejectUnauthorized: false } : false });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
