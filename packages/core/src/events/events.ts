import { checkedHandler } from '../jobs/job-payload.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Job, JobHandler, JobQueue } from '../ports/job-queue.ts';
import type { Logger } from '../ports/logger.ts';
import type { Repositories, Storage, Transaction } from '../ports/storage.ts';
import { systemTimer, type Timer } from '../ports/timer.ts';
import { type EventFacts, type EventName, eventNames, eventSchemas } from './event.ts';
import { type EventHandler, eventJobName, isSubscriberName, type SubscribeOptions } from './subscription.ts';
import { withTimeout } from './with-timeout.ts';

/** Registers handlers of the application: `Microblog.on`. */
export interface EventSource {
  /**
   * Calls `handler` for each event of that name from now on, in one of the processes that registered the same
   * subscriber. Returns a function that ends the subscription in this process. Jobs that were already enqueued wait
   * for a process with the same subscriber.
   * @throws {MicroblogError} `invalid_input` for an unknown event, and for a subscriber's name that is invalid or
   * that this event has already.
   */
  on<Name extends EventName>(name: Name, handler: EventHandler<Name>, options?: SubscribeOptions): () => void;
}

/** Stores events in the transaction of the change they describe. Used by services. */
export interface EventRecorder {
  /** Whether this event has a subscriber. Check it before reads that only the event needs. */
  hasSubscriber(name: EventName): boolean;
  /** Stores an event in `transaction`. Does nothing if the event has no subscriber. */
  record<Name extends EventName>(
    transaction: Transaction,
    name: Name,
    facts: EventFacts[Name],
  ): Promise<void>;
  /** The same for many events of one name, in their order, at the cost of one. */
  recordMany<Name extends EventName>(
    transaction: Transaction,
    name: Name,
    facts: readonly EventFacts[Name][],
  ): Promise<void>;
  /**
   * Makes a change and stores its event in the same transaction. `factsOf` makes the facts of the result; null means
   * no event. Without a subscriber, `change` runs on the storage itself: no transaction, no further statement.
   */
  recording<Name extends EventName, Result>(
    name: Name,
    change: (repositories: Repositories) => Promise<Result>,
    factsOf: (result: Result) => EventFacts[Name] | null,
  ): Promise<Result>;
}

/** A subscription of core itself: the event becomes a job with this name. */
export interface InnerSubscription<Name extends EventName> {
  readonly job: string;
  /** The job's key: see `EnqueueOptions.key`. */
  readonly keyOf?: (facts: EventFacts[Name]) => string;
}

export interface Events extends EventSource, EventRecorder {
  /** Records events in another storage, with the same subscribers. `jobs` is the queue of that storage. */
  onStorage(storage: Storage, jobs: Pick<JobQueue, 'enqueue'>): EventRecorder;
  /** From now on, `event` also becomes this job. The job's handler must be registered already. */
  enqueueOn<Name extends EventName>(event: Name, subscription: InnerSubscription<Name>): void;
}

export interface EventsNeeds {
  readonly storage: Storage;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The handlers that the queue runs jobs with. Subscribing adds one, ending a subscription removes it. */
  readonly jobHandlers: Record<string, JobHandler>;
  readonly timer?: Timer;
}

const TIMEOUT_MS = 60_000;

/**
 * An event becomes one job for each subscriber, in the transaction of the change. Each subscriber has its own job
 * name, so only a handler that failed is called again. A job whose subscriber is missing in this process waits for
 * a process that has it: the queue guarantees that.
 */
export function microblogEvents(needs: EventsNeeds): Events {
  const { storage, jobs, clock, logger, jobHandlers, timer = systemTimer } = needs;
  /** Job names by event, in the order of subscription. */
  const subscribed = new Map<EventName, Set<string>>(eventNames.map((name) => [name, new Set()]));
  const inner: { [Name in EventName]?: readonly InnerSubscription<Name>[] } = {};

  const hasSubscriber = (name: EventName) => subscribed.get(name)?.size !== 0 || inner[name] !== undefined;

  function recorder(storage: Storage, jobs: Pick<JobQueue, 'enqueue'>): EventRecorder {
    async function recordMany<Name extends EventName>(
      transaction: Transaction,
      name: Name,
      all: readonly EventFacts[Name][],
    ): Promise<void> {
      if (!hasSubscriber(name)) return;
      const batch: Job[] = [];
      for (const facts of all) {
        const payload = { id: crypto.randomUUID(), name, occurredAt: clock.now().toISOString(), ...facts };
        for (const { job, keyOf } of inner[name] ?? []) {
          const key = keyOf?.(facts);
          if (key === undefined) batch.push({ name: job, payload });
          else await jobs.enqueue({ name: job, payload }, { transaction, key });
        }
        for (const job of subscribed.get(name) ?? []) batch.push({ name: job, payload });
      }
      if (batch.length > 0) await jobs.enqueue(batch, { transaction });
    }
    const record: EventRecorder['record'] = (transaction, name, facts) =>
      recordMany(transaction, name, [facts]);

    return {
      hasSubscriber,
      record,
      recordMany,
      async recording(name, change, factsOf) {
        if (!hasSubscriber(name)) return change(storage);
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
    onStorage: recorder,

    on(name, handler, { subscriber, timeoutMilliseconds = TIMEOUT_MS } = {}) {
      const taken = subscribed.get(name);
      if (taken === undefined) {
        const known = eventNames.join(', ');
        throw refused('name', `Unknown event "${String(name).slice(0, 80)}". Known events: ${known}.`);
      }
      const job = eventJobName(
        name,
        nameOf(subscriber, (free) => !taken.has(eventJobName(name, free))),
      );
      if (subscriber === undefined && jobs.lasting === true) {
        logger.warn(
          { event: name, job },
          'subscriber without a name: after the next deployment its waiting jobs may reach another subscriber; set the option "subscriber"',
        );
      }
      taken.add(job);
      jobHandlers[job] = checkedHandler(job, eventSchemas[name], (event) =>
        withTimeout(timeoutMilliseconds, timer, async (signal) => {
          await handler(event, { signal });
        }),
      );
      jobs.wake();
      let ended = false;
      return () => {
        // A second call must not end a later subscription that took the name.
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
      `"${given.slice(0, 80)}" is not a valid subscriber name: use up to 30 letters, digits, "-" and "_".`,
    );
  }
  if (!isFree(given)) {
    throw refused('subscriber', `This event already has a subscriber "${given}": use another name.`);
  }
  return given;
}

function refused(field: string, message: string): MicroblogError {
  return new MicroblogError('invalid_input', message, {
    details: { fields: [{ field, problem: 'wrong_type', params: {} }] },
  });
}
