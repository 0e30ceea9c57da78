import { checkedHandler } from '../jobs/job-payload.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Job, JobHandler, JobQueue } from '../ports/job-queue.ts';
import type { Logger } from '../ports/logger.ts';
import type { Repositories, Storage, Transaction } from '../ports/storage.ts';
import { systemTimer, type Timer } from '../ports/timer.ts';
import { type EventFacts, type EventName, eventNames, eventSchemas } from './event.ts';
import { type EventHandler, eventJobName, isSubscriberName, type SubscribeOptions } from './subscription.ts';
import { within } from './within.ts';

/** Registers handlers from outside: `Microblog.on`. */
export interface EventSource {
  /**
   * Calls `handler` for each event of that name from now on, in some process that registered the same
   * subscriber. What it returns ends the subscription here; what is on its way waits for who has the same.
   * @throws {MicroblogError} `invalid_input` for an event that there is not; for a subscriber's name that is
   * none, or that this event has already.
   */
  on<Name extends EventName>(name: Name, handler: EventHandler<Name>, options?: SubscribeOptions): () => void;
}

/** Keeps events with the changes that they tell of: what services work with. */
export interface EventRecorder {
  /** Whether anybody here hears of it, for whoever would have to look things up to tell. */
  hears(name: EventName): boolean;
  /** Keeps an event with what `transaction` writes. Without a subscriber, nothing happens. */
  record<Name extends EventName>(
    transaction: Transaction,
    name: Name,
    facts: EventFacts[Name],
  ): Promise<void>;
  /** The same for many of one name, in their order, at the cost of one. */
  recordMany<Name extends EventName>(
    transaction: Transaction,
    name: Name,
    facts: readonly EventFacts[Name][],
  ): Promise<void>;
  /**
   * Makes a change, and keeps with it the event that `factsOf` makes of its result; none where that is null.
   * Without a subscriber, `change` works on the storage itself: no transaction, no further statement.
   */
  recording<Name extends EventName, Result>(
    name: Name,
    change: (repositories: Repositories) => Promise<Result>,
    factsOf: (result: Result) => EventFacts[Name] | null,
  ): Promise<Result>;
}

/** Work of core itself that follows from an event, as a job with a name of its own. */
export interface InnerSubscription<Name extends EventName> {
  readonly job: string;
  /** The job's key: see `EnqueueOptions.key`. */
  readonly keyOf?: (facts: EventFacts[Name]) => string;
}

export interface Events extends EventSource, EventRecorder {
  /** Keeps events of the same subscribers with what is written to another storage, in its queue. */
  within(storage: Storage, jobs: Pick<JobQueue, 'enqueue'>): EventRecorder;
  /** From now on, `event` becomes this job, too. Its handler is among the job handlers already. */
  enqueueOn<Name extends EventName>(event: Name, subscription: InnerSubscription<Name>): void;
}

export interface EventsNeeds {
  readonly storage: Storage;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the queue runs jobs by. Subscribers come and go here. */
  readonly jobHandlers: Record<string, JobHandler>;
  readonly timer?: Timer;
}

const TIMEOUT_MS = 60_000;

/**
 * An event becomes one job for each subscriber, in the transaction of the change, and each job has a name of
 * its own. So a subscriber that throws is told again alone, and a job whose subscriber is not here waits,
 * as the queue promises, for a process that has it.
 */
export function microblogEvents(needs: EventsNeeds): Events {
  const { storage, jobs, clock, logger, jobHandlers, timer = systemTimer } = needs;
  /** Names of jobs, by event, in the order of subscribing. */
  const subscribed = new Map<EventName, Set<string>>(eventNames.map((name) => [name, new Set()]));
  const inner: { [Name in EventName]?: readonly InnerSubscription<Name>[] } = {};

  const isHeard = (name: EventName) => subscribed.get(name)?.size !== 0 || inner[name] !== undefined;

  function recorder(storage: Storage, jobs: Pick<JobQueue, 'enqueue'>): EventRecorder {
    async function recordMany<Name extends EventName>(
      transaction: Transaction,
      name: Name,
      all: readonly EventFacts[Name][],
    ): Promise<void> {
      if (!isHeard(name)) return;
      const told: Job[] = [];
      for (const facts of all) {
        const payload = { id: crypto.randomUUID(), name, occurredAt: clock.now().toISOString(), ...facts };
        for (const { job, keyOf } of inner[name] ?? []) {
          const key = keyOf?.(facts);
          if (key === undefined) told.push({ name: job, payload });
          else await jobs.enqueue({ name: job, payload }, { transaction, key });
        }
        for (const job of subscribed.get(name) ?? []) told.push({ name: job, payload });
      }
      if (told.length > 0) await jobs.enqueue(told, { transaction });
    }
    const record: EventRecorder['record'] = (transaction, name, facts) =>
      recordMany(transaction, name, [facts]);

    return {
      hears: isHeard,
      record,
      recordMany,
      async recording(name, change, factsOf) {
        if (!isHeard(name)) return change(storage);
        return storage.transaction(async (transaction) => {
          const result = await change(transaction);
          const facts = factsOf(result);
          if (facts !== null) await record(transaction, name, facts);
          return result;
        });
      },
    };
  }

  return {
    ...recorder(storage, jobs),
    within: recorder,

    on(name, handler, { subscriber, timeoutMilliseconds = TIMEOUT_MS } = {}) {
      const taken = subscribed.get(name);
      if (taken === undefined) {
        const known = eventNames.join(', ');
        throw refused('name', `There is no event "${String(name).slice(0, 80)}"; there are ${known}.`);
      }
      const job = eventJobName(
        name,
        nameOf(subscriber, (free) => !taken.has(eventJobName(name, free))),
      );
      if (subscriber === undefined && jobs.lasting === true) {
        logger.warn(
          { event: name, job },
          'a subscriber without a name: what waits for it may find another after the next deployment; name it by the option "subscriber"',
        );
      }
      taken.add(job);
      jobHandlers[job] = checkedHandler(job, eventSchemas[name], (event) =>
        within(timeoutMilliseconds, timer, async (signal) => {
          await handler(event, { signal });
        }),
      );
      jobs.wake();
      let ended = false;
      return () => {
        // Somebody else may have the name by now.
        if (ended) return;
        ended = true;
        taken.delete(job);
        delete jobHandlers[job];
      };
    },

    enqueueOn(event, subscription) {
      Object.assign(inner, { [event]: [...(inner[event] ?? []), subscription] });
    },
  };
}

function nameOf(given: string | undefined, isFree: (name: string) => boolean): string {
  if (given === undefined) {
    for (let place = 1; ; place++) if (isFree(String(place))) return String(place);
  }
  if (!isSubscriberName(given)) {
    throw refused(
      'subscriber',
      `"${given.slice(0, 80)}" can't be the name of a subscriber: use letters, digits, "-" and "_", up to 30.`,
    );
  }
  if (!isFree(given)) {
    throw refused('subscriber', `There is a subscriber "${given}" of this event already: use another name.`);
  }
  return given;
}

function refused(field: string, message: string): MicroblogError {
  return new MicroblogError('invalid_input', message, {
    details: { fields: [{ field, problem: 'wrong_type', params: {} }] },
  });
}
