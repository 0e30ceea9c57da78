import type { PostgresStorage } from '../postgres-storage.ts';
import { readOnly, readOnlyServer } from '../storage-errors.ts';

/**
 * Checks that the database accepts changes: it is no replica, and not read-only by its settings. Says nothing of its
 * disk.
 * @throws {MicroblogError} `storage_read_only`, `storage_unavailable`.
 */
export async function requireWritable({
  query,
  location,
}: Pick<PostgresStorage, 'query' | 'location'>): Promise<void> {
  const [row] = await query<{ readonly on: boolean }>(
    "select current_setting('transaction_read_only')::boolean as on",
    [],
  );
  if (row?.on === true) throw readOnly(readOnlyServer, location);
}
