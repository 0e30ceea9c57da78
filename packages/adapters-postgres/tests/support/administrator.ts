import pg from 'pg';

/** Runs statements as the user of the address. If the address asks for TLS, the certificate is not verified. */
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
