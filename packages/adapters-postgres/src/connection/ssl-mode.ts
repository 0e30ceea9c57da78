/**
 * The connection string with the `sslmode` that `pg` makes of its own: `prefer`, `require` and `verify-ca` mean
 * `verify-full` to it, about which it prints a page to standard error for each process. Nothing changes but
 * that. With `uselibpqcompat=true` they mean what they mean to libpq, and stay.
 */
export function withPlainSslMode(connectionString: string): string {
  if (/[?&]uselibpqcompat=true(&|$)/.test(connectionString)) return connectionString;
  return connectionString.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}
