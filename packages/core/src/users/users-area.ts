import type { Area, AreaNeeds } from '../area.ts';
import { reservedNicknames } from './reserved-nicknames.ts';
import { type UserService, userService } from './user-service.ts';

/** People: profiles, settings, and the people that a host application provisions. */
export function usersArea(needs: AreaNeeds): Area<UserService> {
  return {
    service: userService(needs, {
      usersPerPage: needs.options.postsPerPage,
      isReserved: reservedNicknames(needs.options.reservedNicknames),
    }),
  };
}
