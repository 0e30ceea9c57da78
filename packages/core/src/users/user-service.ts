import { requireMember, type Viewer } from '../accounts/viewer.ts';
import { type HostPeople, hostPeople } from '../identities/host-people.ts';
import { type Provisioning, type ProvisioningNeeds, provisioning } from '../identities/provisioning.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import { findUser } from './find-user.ts';
import { type ProfileInput, profileSchema, type SettingsInput, settingsSchema } from './profile-input.ts';
import type { User } from './user.ts';

/** Profiles: reading and changing them. */
export interface UserService extends Provisioning, HostPeople {
  /**
   * One person, by nickname in any case.
   * @throws {MicroblogError} `user_not_found`.
   */
  show(viewer: Viewer, nickname: string): Promise<User>;
  /** One person by id, or null; also null for what is not the form of an id. */
  find(viewer: Viewer, id: string): Promise<User | null>;
  /** Everybody, the newest account first. @throws {MicroblogError} `invalid_cursor`. */
  list(viewer: Viewer, page?: PageInput): Promise<Page<User>>;
  /** People whom the viewer might follow, those with the most followers first; 5 unless told. */
  suggestions(viewer: Viewer, limit?: number): Promise<User[]>;
  /**
   * Changes how the viewer is called and what they say about themselves. Their id, posts and follows stay.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `nickname_taken`; `invalid_input` with
   * the fields `nickname` and `aboutMe`.
   */
  editProfile(viewer: Viewer, input: ProfileInput): Promise<User>;
  /**
   * Changes what the viewer set; what is left out stays.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `invalid_input`.
   */
  changeSettings(viewer: Viewer, input: SettingsInput): Promise<User>;
  /** Notes that the viewer was here, at most once a minute. Says whether it was noted. */
  markSeen(viewer: Viewer): Promise<boolean>;
}

export type UserServiceNeeds = ProvisioningNeeds;

export function userService(
  needs: UserServiceNeeds,
  options: { readonly usersPerPage: number },
): UserService {
  const { storage, clock } = needs;
  return {
    ...provisioning(needs),
    ...hostPeople(storage),
    async show(_viewer, nickname) {
      return findUser(storage, nickname);
    },
    async find(_viewer, id) {
      const userId = parseId<UserId>(id);
      return userId === null ? null : storage.users.find(userId);
    },
    async list(_viewer, page = {}) {
      return storage.users.list(parsePageInput(page, options.usersPerPage));
    },
    async suggestions(viewer, limit = 5) {
      return storage.users.listSuggestions(requireMember(viewer).id, limit);
    },
    async editProfile(viewer, input) {
      const { id } = requireMember(viewer);
      return changed(await storage.users.update(id, parseInput(profileSchema, input)));
    },
    async changeSettings(viewer, input) {
      const { id } = requireMember(viewer);
      const { locale, mailOnFollow } = parseInput(settingsSchema, input);
      const settings = {
        ...(locale === undefined ? {} : { locale }),
        ...(mailOnFollow === undefined ? {} : { mailOnFollow }),
      };
      return changed(await storage.users.update(id, settings));
    },
    async markSeen(viewer) {
      return viewer !== null && storage.users.markSeen(viewer.id, clock.now());
    },
  };
}

/** The account may be gone since its viewer was looked up. */
function changed(user: User | null): User {
  if (user === null) throw new MicroblogError('user_not_found', 'The account is gone.');
  return user;
}
