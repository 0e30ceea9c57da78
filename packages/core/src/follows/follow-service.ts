import { parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import type { EventRecorder } from '../events/events.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { retryOnIdClash } from '../kernel/id-clash.ts';
import { type FollowId, parseId, type UserId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/input.ts';
import { type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Storage } from '../ports/storage.ts';
import { byNickname, findUser } from '../users/find-user.ts';
import type { Person } from '../users/person.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { type Follow, type Relationship, strangers } from './follow.ts';

/** Following and unfollowing, and the lists of followers and followed people. */
export interface FollowService {
  /**
   * The viewer begins to follow a person, who is notified by mail. `changed` is false if the viewer already followed
   * them. A suspended person can be followed: their posts appear after the suspension ends.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `user_not_found`, `self_follow`.
   */
  follow(viewer: Viewer, nickname: string): Promise<{ readonly user: Person; readonly changed: boolean }>;
  /**
   * The viewer stops following a person. `changed` is false if the viewer did not follow them.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `user_not_found`.
   */
  unfollow(viewer: Viewer, nickname: string): Promise<{ readonly user: Person; readonly changed: boolean }>;
  /**
   * One person, by nickname in any case, with the viewer's relationship to them; `strangers` for a visitor.
   * @throws {MicroblogError} `user_not_found`.
   */
  show(viewer: Viewer, nickname: string): Promise<RelatedUser>;
  /** Whether the viewer and `other` follow each other; `strangers` for a visitor. */
  relationship(viewer: Viewer, other: UserId): Promise<Relationship>;
  /** The followers of `user`, the latest first, with the viewer's relationship to each. @throws `invalid_cursor` */
  followers(viewer: Viewer, user: Pick<Person, 'id'>, page?: PageInput): Promise<Page<RelatedUser>>;
  /** The people `user` follows, the latest first, with the viewer's relationship to each. @throws `invalid_cursor` */
  following(viewer: Viewer, user: Pick<Person, 'id'>, page?: PageInput): Promise<Page<RelatedUser>>;
}

/** A person in a list, with the viewer's relationship to them. */
export interface RelatedUser {
  readonly user: Person;
  readonly relationship: Relationship;
}

export interface FollowServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
  readonly present: UserPresenter;
}

export function followService(
  { storage, clock, ids, events, present }: FollowServiceNeeds,
  options: { readonly usersPerPage: number },
): FollowService {
  async function hydrate(viewer: Viewer, page: Page<Follow>, end: 'followerId' | 'followedId') {
    const userIds = page.items.map((follow) => follow[end]);
    const [found, relationships] = await Promise.all([
      storage.users.findMany(userIds),
      viewer === null ? new Map<UserId, Relationship>() : storage.follows.relationships(viewer.id, userIds),
    ]);
    const users = new Map((await present.people(found)).map((user) => [user.id, user]));
    const items = userIds.flatMap((id): RelatedUser[] => {
      const user = users.get(id);
      return user === undefined ? [] : [{ user, relationship: relationships.get(id) ?? strangers }];
    });
    return { ...page, items };
  }

  return {
    async follow(viewer, nickname) {
      const follower = requireMember(viewer);
      const user = await findUser(storage, nickname);
      if (user.id === follower.id) {
        throw new MicroblogError('self_follow', 'Users cannot follow themselves.');
      }
      const pair = { followerId: follower.id, followedId: user.id };
      const changed = await retryOnIdClash(() =>
        events.recording(
          'user.followed',
          ({ follows }) => follows.insert({ id: ids.next<FollowId>(), ...pair, createdAt: clock.now() }),
          (begun) => (begun ? pair : null),
        ),
      );
      return { user: await present.person(user), changed };
    },

    async unfollow(viewer, nickname) {
      const follower = requireMember(viewer);
      const user = await findUser(storage, nickname);
      const pair = { followerId: follower.id, followedId: user.id };
      const changed = await events.recording(
        'user.unfollowed',
        ({ follows }) => follows.delete(follower.id, user.id),
        (ended) => (ended ? pair : null),
      );
      return { user: await present.person(user), changed };
    },

    async show(viewer, nickname) {
      const member = parseViewer(viewer);
      const { person, relationship } = await byNickname(nickname, async (text) => {
        if (member !== null) return storage.users.findRelated(member.id, text);
        const person = await storage.users.findByNickname(text);
        return person && { person, relationship: strangers };
      });
      return { user: await present.person(person), relationship };
    },

    async relationship(viewer, other) {
      const member = parseViewer(viewer);
      const id = requireId(other);
      if (member === null) return strangers;
      return (await storage.follows.relationships(member.id, [id])).get(id) ?? strangers;
    },

    async followers(viewer, user, page) {
      const member = parseViewer(viewer);
      const id = requireId(user?.id);
      const request = parsePageInput(page, options.usersPerPage);
      return hydrate(member, await storage.follows.listFollowers(id, request), 'followerId');
    },

    async following(viewer, user, page) {
      const member = parseViewer(viewer);
      const id = requireId(user?.id);
      const request = parsePageInput(page, options.usersPerPage);
      return hydrate(member, await storage.follows.listFollowing(id, request), 'followedId');
    },
  };
}

/** @throws {MicroblogError} `invalid_input` with the field `id`. */
function requireId(given: unknown): UserId {
  const id = parseId<UserId>(given);
  if (id === null) throw invalidInput([{ field: 'id', problem: 'wrong_type', params: {} }]);
  return id;
}
