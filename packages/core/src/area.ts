import type { EventRecorder, Events } from './events/events.ts';
import type { MicroblogOptions, MicroblogPorts } from './microblog-options.ts';
import type { JobHandlers, JobQueue } from './ports/job-queue.ts';
import type { Storage } from './ports/storage.ts';
import type { UserPresenter } from './users/user-presenter.ts';

/** Every port, with its default filled in. */
export type Ports = Required<MicroblogPorts>;

/** What an area is made of. Each area names the few of them that it works with: `Pick<AreaNeeds, 'storage' | 'clock'>`. */
export interface AreaNeeds extends Omit<Ports, 'jobs'> {
  /** That of the microblog, or the one that `Microblog.within` was given. */
  readonly storage: Storage;
  /** Where the jobs of the area are kept, in the transaction of the change. */
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly events: EventRecorder;
  /** Makes what services return of the records of users. */
  readonly present: UserPresenter;
  readonly options: MicroblogOptions;
}

/** Work that goes on beside the jobs of a process: from `Microblog.start` to `Microblog.stop`. */
export interface BackgroundTask {
  begin(): void;
  end(): void;
}

/**
 * What one area of core adds to a microblog. `microblog.ts` lists the areas; what an area does not have, it leaves
 * out. What it keeps in the database belongs to its tables.
 */
export interface Area<Service> {
  /** What callers work with, as `microblog.<name of the area>`. */
  readonly service: Service;
  /** Handlers by the name of the job. */
  readonly jobs?: JobHandlers;
  /** Turns events into jobs of the area. Called once, for the microblog itself. */
  subscribe?(events: Pick<Events, 'enqueueOn'>): void;
  readonly background?: BackgroundTask;
}
