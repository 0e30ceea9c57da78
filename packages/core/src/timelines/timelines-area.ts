import type { Area, AreaNeeds } from '../area.ts';
import { type TimelineService, timelineService } from './timeline-service.ts';

/** Lists of posts. */
export function timelinesArea(needs: AreaNeeds): Area<TimelineService> {
  return { service: timelineService(needs, needs.options) };
}
