import { idClash, taken } from '../constraint-meanings.ts';
import type { RepositoryTable } from '../table.ts';
import { userRepository } from './repository.ts';
import { UserRow } from './row.ts';
import { settingsStep } from './settings-step.ts';
import { suspendedStep } from './suspended-step.ts';

export const users: RepositoryTable<'users', UserRow> = {
  name: 'users',
  row: UserRow,
  repository: userRepository,
  constraints: {
    users_pkey: idClash,
    users_nickname_key: () => taken('nickname_taken', 'nickname', 'This nickname is in use.'),
    users_email_key: () => taken('email_taken', 'email', 'This e-mail address is in use.'),
    users_role_known: null,
  },
  archive: {
    key: 'id',
    columns: {
      id: ['id', 'bigint'],
      nickname: ['nickname', 'text'],
      email: ['email', 'text'],
      emailVerifiedAt: ['email_verified_at', 'timestamptz'],
      aboutMe: ['about_me', 'text'],
      avatarUrl: ['avatar_url', 'text'],
      locale: ['locale', 'text'],
      settings: ['settings', 'jsonb'],
      role: ['role', 'text'],
      createdAt: ['created_at', 'timestamptz'],
      lastSeenAt: ['last_seen_at', 'timestamptz'],
      suspendedAt: ['suspended_at', 'timestamptz'],
      sessionEpoch: ['session_epoch', 'integer'],
    },
    derived: ['follower_count', 'following_count', 'post_count'],
  },
  steps: [settingsStep, suspendedStep],
};
