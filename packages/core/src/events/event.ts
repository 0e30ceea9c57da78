import { z } from 'zod';
import type { PostId, UserId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';

/**
 * What each event tells, beside who and when: ids, and what can't be looked up any more. JSON, as it is kept
 * in a job queue. Facts are added, never changed or taken away: jobs of an older release may be waiting.
 */
export interface EventFacts {
  'post.published': { readonly postId: PostId; readonly authorId: UserId };
  /** By its author, or by a moderator: then `deletedBy` is somebody else. */
  'post.deleted': { readonly postId: PostId; readonly authorId: UserId; readonly deletedBy: UserId };
  /** An account was made, by its owner or by an administrator. */
  'user.registered': { readonly userId: UserId; readonly nickname: string };
  /** With everything of theirs, by themselves or by an administrator: then `deletedBy` is somebody else. */
  'user.deleted': { readonly userId: UserId; readonly nickname: string; readonly deletedBy: UserId };
  /** Not where they followed already. */
  'user.followed': { readonly followerId: UserId; readonly followedId: UserId };
  /** Not where they did not follow. */
  'user.unfollowed': { readonly followerId: UserId; readonly followedId: UserId };
}

/** What can happen, as `area.what`. */
export type EventName = keyof EventFacts;

/** What happened, as it was kept with the change: JSON through and through, the same at every attempt. */
export type MicroblogEvent<Name extends EventName = EventName> = {
  [Each in Name]: {
    /** The same for all subscribers and at every attempt: who has seen it may leave it. */
    readonly id: string;
    readonly name: Each;
    /** ISO 8601 in UTC, with milliseconds. */
    readonly occurredAt: string;
  } & EventFacts[Each];
}[Name];

const postId = idSchema<PostId>();
const userId = idSchema<UserId>();

/** How an event is read from a job. A fact that was added later is optional here: see `EventFacts`. */
export const eventSchemas: { readonly [Name in EventName]: z.ZodType<MicroblogEvent<Name>> } = {
  'post.published': eventSchema('post.published', { postId, authorId: userId }),
  'post.deleted': eventSchema('post.deleted', { postId, authorId: userId, deletedBy: userId }),
  'user.registered': eventSchema('user.registered', { userId, nickname: z.string() }),
  'user.deleted': eventSchema('user.deleted', { userId, nickname: z.string(), deletedBy: userId }),
  'user.followed': eventSchema('user.followed', { followerId: userId, followedId: userId }),
  'user.unfollowed': eventSchema('user.unfollowed', { followerId: userId, followedId: userId }),
};

/** The names of all events. */
export const eventNames = Object.keys(eventSchemas) as readonly EventName[];

function eventSchema<Name extends EventName, Facts extends z.ZodRawShape>(name: Name, facts: Facts) {
  return z.object({ id: z.string(), name: z.literal(name), occurredAt: z.iso.datetime(), ...facts });
}
