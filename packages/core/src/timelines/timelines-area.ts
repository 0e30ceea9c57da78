import type { Area, AreaNeeds } from '../area.ts';
import { type TimelineService, timelineService } from './timeline-service.ts';

/** Lists of posts. */
export function timelinesArea({ storage, options }: AreaNeeds): Area<TimelineService> {
  return { service: timelineService(storage, options) };
}
