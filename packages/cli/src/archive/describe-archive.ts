import type { ArchiveCounts } from '@microblog/core';

export function describeCounts({ users, credentials, identities, follows, posts }: ArchiveCounts): string {
  return `${users} users, ${credentials} credentials, ${identities} identities, ${follows} follows and ${posts} posts`;
}

export function describeSize(bytes: number): string {
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
