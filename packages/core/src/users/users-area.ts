import type { Area, AreaNeeds } from '../area.ts';
import { type UserService, userService } from './user-service.ts';

/** People: their profiles and settings, and those whom a host application brings along. */
export function usersArea(needs: AreaNeeds): Area<UserService> {
  return { service: userService(needs, { usersPerPage: needs.options.postsPerPage }) };
}
