import type { MemberAccount } from './account.ts';
import { type EmailHashRule, emailHasher } from './email-hash.ts';
import type { Person } from './person.ts';
import { readSettings } from './settings.ts';
import type { PersonRecord, User } from './user.ts';

/** Turns stored records into what services return, field by field. */
export interface UserPresenter {
  /** What others may see of the user. */
  person(user: PersonRecord): Promise<Person>;
  /** The same for several users, in their order. */
  people(users: readonly PersonRecord[]): Promise<Person[]>;
  /** All fields: for the member, for administrators, and for the host application that provisioned the person. */
  account(user: User): Promise<MemberAccount>;
}

export function userPresenter(options: { readonly emailHashes: EmailHashRule }): UserPresenter {
  const emailHash = emailHasher(options.emailHashes);
  async function person(user: PersonRecord): Promise<Person> {
    return {
      id: user.id,
      nickname: user.nickname,
      aboutMe: user.aboutMe,
      avatarUrl: user.avatarUrl,
      emailHash: await emailHash(user),
      createdAt: user.createdAt,
      lastSeenAt: user.lastSeenAt,
      followerCount: user.followerCount,
      followingCount: user.followingCount,
      postCount: user.postCount,
      suspended: user.suspendedAt !== null,
    };
  }
  return {
    person,
    people: (users) => Promise.all(users.map(person)),
    async account(user) {
      return {
        ...(await person(user)),
        email: user.email,
        emailVerifiedAt: user.emailVerifiedAt,
        locale: user.locale,
        role: user.role,
        suspendedAt: user.suspendedAt,
        sessionEpoch: user.sessionEpoch,
        settings: readSettings(user.settings),
      };
    },
  };
}
