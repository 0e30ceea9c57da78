import { describe, expect, it } from 'vitest';
import { migrations } from './index.ts';

const names = migrations.map(({ name }) => name);

describe('migrations', () => {
  it('are numbered one after another, each number once', () => {
    expect(names.map((name) => Number(/^(\d{4})_[a-z_]+$/.exec(name)?.[1]))).toEqual(
      names.map((_, place) => place + 1),
    );
  });

  it('keep the names that databases have stored', () => {
    expect(names.slice(0, 8)).toEqual([
      '0001_people_posts_follows',
      '0002_jobs',
      '0003_identities',
      '0004_search',
      '0005_accounts',
      '0006_follow_mails',
      '0007_translations',
      '0008_jobs_table',
    ]);
  });
});
