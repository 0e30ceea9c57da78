/**
 * Replaces the `sslmode` values that `pg` treats as `verify-full`: `prefer`, `require` and `verify-ca`. The behaviour
 * stays the same, but `pg` does not print its long warning to standard error. With `uselibpqcompat=true` these values
 * have libpq's meaning and are not replaced.
 */
export function withPlainSslMode(connectionString: string): string {
  if (/[?&]uselibpqcompat=true(&|$)/.test(connectionString)) return connectionString;
  return connectionString.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}
