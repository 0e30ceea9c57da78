import pg from 'pg';
import { expect, it } from 'vitest';
import { withPlainSslMode } from './ssl-mode.ts';

const URL = 'postgres://ada@db.example.org/blog';

it.each([
  [`${URL}?sslmode=require`, `${URL}?sslmode=verify-full`],
  [`${URL}?a=b&sslmode=prefer&c=d`, `${URL}?a=b&sslmode=verify-full&c=d`],
  [`${URL}?sslmode=verify-ca`, `${URL}?sslmode=verify-full`],
  [`${URL}?sslmode=no-verify`, `${URL}?sslmode=no-verify`],
  [`${URL}?sslmode=disable`, `${URL}?sslmode=disable`],
  [`${URL}?uselibpqcompat=true&sslmode=require`, `${URL}?uselibpqcompat=true&sslmode=require`],
  [URL, URL],
])('%s becomes %s, which pg treats the same but without a warning', async (given, plain) => {
  expect(withPlainSslMode(given)).toBe(plain);
  const warnings: string[] = [];
  const { emitWarning } = process;
  const sslOf = (connectionString: string) => new pg.Client({ connectionString }).ssl;
  process.emitWarning = (warning) => void warnings.push(String(warning));
  try {
    const ssl = sslOf(plain);
    expect(warnings).toEqual([]);
    expect(ssl).toEqual(sslOf(given));
  } finally {
    process.emitWarning = emitWarning;
  }
});
