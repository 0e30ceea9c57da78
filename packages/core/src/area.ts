import type { EventRecorder, Events } from './events/events.ts';
import type { MicroblogOptions, MicroblogPorts } from './microblog-options.ts';
import type { JobHandlers, JobQueue } from './ports/job-queue.ts';
import type { Storage } from './ports/storage.ts';
import type { UserPresenter } from './users/user-presenter.ts';

/** Every port, with its default filled in. */
export type Ports = Required<MicroblogPorts>;

/** The needs of areas. Each area picks the few that it uses: `Pick<AreaNeeds, 'storage' | 'clock'>`. */
export interface AreaNeeds extends Omit<Ports, 'jobs'> {
  /** The storage of the microblog, or the one that the caller of `Microblog.within` gave. */
  readonly storage: Storage;
  /** Stores jobs of the area, in the transaction of the change. */
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly events: EventRecorder;
  /** Makes the person that services return from the record of a user. */
  readonly present: UserPresenter;
  readonly options: MicroblogOptions;
}

/** Work that runs besides jobs, from `Microblog.start` to `Microblog.stop`. */
export interface BackgroundTask {
  begin(): void;
  end(): void;
}

/**
 * The parts that one area of core adds to a microblog. `microblog.ts` lists the areas. An area leaves out the parts
 * that it does not have. Its data in the database is in tables of its own.
 */
export interface Area<Service> {
  /** The interface for callers, as `microblog.<name of the area>`. */
  readonly service: Service;
  /** Handlers by the name of the job. */
  readonly jobs?: JobHandlers;
  /** Turns events into jobs of the area. Called once, for the microblog itself. */
  subscribe?(events: Pick<Events, 'enqueueOn'>): void;
  readonly background?: BackgroundTask;
}
