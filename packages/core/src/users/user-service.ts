import { isAdmin, parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import { type HostPeople, hostPeople } from '../identities/host-people.ts';
import { type Provisioning, type ProvisioningNeeds, provisioning } from '../identities/provisioning.ts';
import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { mapPageAsync, type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import type { MemberAccount } from './account.ts';
import { findUser } from './find-user.ts';
import type { Person } from './person.ts';
import {
  type ProfileInput,
  profileSchema,
  type SettingsInput,
  settingsInputSchema,
} from './profile-input.ts';
import { requireUser } from './require-user.ts';
import { type IsReserved, nicknameReserved } from './reserved-nicknames.ts';
import { changedSettings } from './settings.ts';

/** Profiles: reading and changing them. */
export interface UserService extends Provisioning, HostPeople {
  /**
   * One person, by nickname in any case.
   * @throws {MicroblogError} `user_not_found`.
   */
  show(viewer: Viewer, nickname: string): Promise<Person>;
  /** One person by id. Null for an unknown or malformed id. */
  find(viewer: Viewer, id: string): Promise<Person | null>;
  /** All people, the newest account first. @throws {MicroblogError} `invalid_cursor`. */
  list(viewer: Viewer, page?: PageInput): Promise<Page<Person>>;
  /**
   * People the viewer does not follow yet, those with the most followers first. Default limit: 5; at most 200.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`; `invalid_input` with the field `limit`.
   */
  suggestions(viewer: Viewer, limit?: number): Promise<Person[]>;
  /**
   * Changes the viewer's nickname and about-me text. Their id, posts and follows stay.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `nickname_taken`; `invalid_input` with
   * the fields `nickname` and `aboutMe`.
   */
  editProfile(viewer: Viewer, input: ProfileInput): Promise<MemberAccount>;
  /**
   * Changes the viewer's settings. A setting that is left out stays as it is. A value that the viewer has already is not
   * stored: a later default still reaches members who save a form with settings at their defaults.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `invalid_input`.
   */
  changeSettings(viewer: Viewer, input: SettingsInput): Promise<MemberAccount>;
  /** Records a visit of the viewer, at most once a minute. Returns true if it was recorded. */
  markSeen(viewer: Viewer): Promise<boolean>;
}

export type UserServiceNeeds = ProvisioningNeeds;

const SUGGESTIONS = 5;

export function userService(
  needs: UserServiceNeeds,
  options: { readonly usersPerPage: number; readonly isReserved: IsReserved },
): UserService {
  const { storage, clock, present } = needs;
  return {
    ...provisioning(needs),
    ...hostPeople(needs),
    async show(viewer, nickname) {
      parseViewer(viewer);
      return present.person(await findUser(storage, nickname));
    },
    async find(viewer, id) {
      parseViewer(viewer);
      const userId = parseId<UserId>(id);
      const user = userId === null ? null : await storage.users.find(userId);
      return user === null ? null : present.person(user);
    },
    async list(viewer, page) {
      parseViewer(viewer);
      const users = await storage.users.list(parsePageInput(page, options.usersPerPage));
      return mapPageAsync(users, present.person);
    },
    async suggestions(viewer, limit = SUGGESTIONS) {
      const { id } = requireMember(viewer);
      const request = parsePageInput({ limit }, SUGGESTIONS);
      return present.people(await storage.users.listSuggestions(id, request.limit));
    },
    async editProfile(viewer, input) {
      const member = requireMember(viewer);
      const profile = parseInput(profileSchema, input);
      if (options.isReserved(profile.nickname) && !isAdmin(member)) {
        const before = requireUser(await storage.users.find(member.id));
        // An account that has the name keeps it, also in another case.
        if (before.nickname.toLowerCase() !== profile.nickname.toLowerCase()) throw nicknameReserved();
      }
      const changed = await storage.users.update(member.id, profile);
      return present.account(requireUser(changed));
    },
    async changeSettings(viewer, input) {
      const { id } = requireMember(viewer);
      const { locale, ...given } = parseInput(settingsInputSchema, input);
      const before = requireUser(await storage.users.find(id));
      const settings = changedSettings(before.settings, given);
      const changes = { settings, ...(locale === undefined ? {} : { locale }) };
      return present.account(requireUser(await storage.users.update(id, changes)));
    },
    async markSeen(viewer) {
      const member = parseViewer(viewer);
      return member !== null && storage.users.markSeen(member.id, clock.now());
    },
  };
}
