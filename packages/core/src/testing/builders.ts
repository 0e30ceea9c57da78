import type { Follow } from '../follows/follow.ts';
import { HOST_ISSUER, type Identity } from '../identities/identity.ts';
import { composeId, type FollowId, type IdentityId, type PostId, type UserId } from '../kernel/ids.ts';
import type { Post } from '../posts/post.ts';
import type { NewUser } from '../users/user.ts';

/** Builds complete rows for tests, ready to pass to repositories. */
export interface Builders {
  user(changes?: Partial<NewUser>): NewUser;
  post(authorId: UserId, changes?: Partial<Post>): Post;
  follow(followerId: UserId, followedId: UserId, changes?: Partial<Follow>): Follow;
  /** Default issuer: the host application. */
  identity(userId: UserId, changes?: Partial<Identity>): Identity;
}

/**
 * Makes complete rows that differ from each other. A test names only the fields that it needs. From `start` on, each
 * row is a millisecond later than the one built before.
 */
export function builders(start: Date = new Date('2026-01-01T12:00:00.000Z')): Builders {
  let built = 0;
  const next = () => {
    const createdAt = new Date(start.getTime() + ++built);
    return { number: built, createdAt, milliseconds: createdAt.getTime() };
  };
  return {
    user(changes = {}) {
      const { number, createdAt, milliseconds } = next();
      return {
        id: composeId<UserId>(milliseconds, 0),
        nickname: `member${number}`,
        email: `member${number}@example.org`,
        locale: null,
        role: 'member',
        createdAt,
        ...changes,
      };
    },
    post(authorId, changes = {}) {
      const { number, createdAt, milliseconds } = next();
      return {
        id: composeId<PostId>(milliseconds, 0),
        authorId,
        body: `post ${number}`,
        language: null,
        createdAt,
        ...changes,
      };
    },
    follow(followerId, followedId, changes = {}) {
      const { createdAt, milliseconds } = next();
      return { id: composeId<FollowId>(milliseconds, 0), followerId, followedId, createdAt, ...changes };
    },
    identity(userId, changes = {}) {
      const { number, createdAt, milliseconds } = next();
      return {
        id: composeId<IdentityId>(milliseconds, 0),
        userId,
        issuer: HOST_ISSUER,
        subject: `subject${number}`,
        nickname: `member${number}`,
        email: null,
        avatarUrl: null,
        locale: null,
        createdAt,
        ...changes,
      };
    },
  };
}
