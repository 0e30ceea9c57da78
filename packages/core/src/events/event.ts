import { z } from 'zod';
import { operator } from '../accounts/viewer.ts';
import type { PostId, UserId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';

/**
 * The facts of each event, besides its id and time: ids, and values that can no longer be looked up. JSON, because
 * the job queue stores them. A release adds facts and never changes or removes one: jobs of an older release may wait.
 */
export interface EventFacts {
  'post.published': { readonly postId: PostId; readonly authorId: UserId };
  /** `deletedBy` is the author or a moderator. */
  'post.deleted': { readonly postId: PostId; readonly authorId: UserId; readonly deletedBy: UserId };
  /** An account was created, by its owner or by an administrator. */
  'user.registered': { readonly userId: UserId; readonly nickname: string };
  /** The account and all its data were deleted. `deletedBy` is the owner or an administrator. */
  'user.deleted': { readonly userId: UserId; readonly nickname: string; readonly deletedBy: UserId };
  /** Only if the follow is new. */
  'user.followed': { readonly followerId: UserId; readonly followedId: UserId };
  /** Only if the follow existed. */
  'user.unfollowed': { readonly followerId: UserId; readonly followedId: UserId };
}

/** The name of an event, as `area.verb`. */
export type EventName = keyof EventFacts;

/** An event as it was stored with the change: plain JSON, the same at every attempt. */
export type MicroblogEvent<Name extends EventName = EventName> = {
  [Each in Name]: {
    /** The same for all subscribers and at every attempt: a handler may skip an id that it has handled. */
    readonly id: string;
    readonly name: Each;
    /** ISO 8601 in UTC, with milliseconds. */
    readonly occurredAt: string;
  } & EventFacts[Each];
}[Name];

const postId = idSchema<PostId>();
const userId = idSchema<UserId>();
/** A member, or the operator, who has no account and the id `0`. */
const deletedBy = userId.or(z.literal(operator.id));

/** Read an event from a job's payload. A fact that a later release adds is optional here: see `EventFacts`. */
export const eventSchemas: { readonly [Name in EventName]: z.ZodType<MicroblogEvent<Name>> } = {
  'post.published': eventSchema('post.published', { postId, authorId: userId }),
  'post.deleted': eventSchema('post.deleted', { postId, authorId: userId, deletedBy }),
  'user.registered': eventSchema('user.registered', { userId, nickname: z.string() }),
  'user.deleted': eventSchema('user.deleted', { userId, nickname: z.string(), deletedBy }),
  'user.followed': eventSchema('user.followed', { followerId: userId, followedId: userId }),
  'user.unfollowed': eventSchema('user.unfollowed', { followerId: userId, followedId: userId }),
};

/** All event names. */
export const eventNames = Object.keys(eventSchemas) as readonly EventName[];

function eventSchema<Name extends EventName, Facts extends z.ZodRawShape>(name: Name, facts: Facts) {
  return z.object({ id: z.string(), name: z.literal(name), occurredAt: z.iso.datetime(), ...facts });
}
