import type { DatabaseSync } from 'node:sqlite';

/** A post as the index stores it. */
export interface IndexRow {
  readonly id: bigint;
  /** The words of the post, separated by spaces. */
  readonly words: string;
  /** Author and language, as words. */
  readonly tags: string;
}

/** A change of the index. It can be sent to another thread. */
export interface IndexChange {
  /** Removes all posts, and resets the progress. */
  readonly clear?: boolean;
  /** Posts to remove. */
  readonly remove?: readonly bigint[];
  /** Posts to add. They replace those with the same ids. */
  readonly add?: readonly IndexRow[];
  /** The new progress of filling. */
  readonly progress?: { readonly complete: boolean; readonly reached: string | null };
}

/** Applies a change. Call it in a transaction. */
export function applyChange(
  database: DatabaseSync,
  { clear, remove = [], add = [], progress }: IndexChange,
): void {
  if (clear === true) {
    database.exec('delete from posts; update state set posts = 0, complete = 0, reached = null');
  }
  const removed = removeRows(database, [...remove, ...add.map(({ id }) => id)]);
  const insert = database.prepare('insert into posts (rowid, words, tags) values (?, ?, ?)');
  for (const { id, words, tags } of add) insert.run(id, words, tags);
  const growth = add.length - removed;
  if (growth !== 0) database.prepare('update state set posts = posts + ?').run(growth);
  if (progress === undefined) return;
  database
    .prepare('update state set complete = ?, reached = ?')
    .run(progress.complete ? 1 : 0, progress.reached);
}

/** Removes posts and returns how many were removed. */
function removeRows(database: DatabaseSync, ids: readonly bigint[]): number {
  const remove = database.prepare('delete from posts where rowid = ?');
  return ids.reduce((removed, id) => removed + Number(remove.run(id).changes), 0);
}
