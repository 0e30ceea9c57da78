import type { RepositorySamples } from './repository-samples.ts';

export const userSamples: RepositorySamples<'users'> = {
  plant: async () => {},
  calls: {
    find: { read: ({ users }, { ada }) => users.find(ada) },
    lock: { read: ({ users }, { ada }) => users.lock(ada) },
    findMany: { read: ({ users }, { ada, ben }) => users.findMany([ada, ben]) },
    findByNickname: { read: ({ users }) => users.findByNickname('ADA') },
    findRelated: { read: ({ users }, { ben }) => users.findRelated(ben, 'ada') },
    findByEmail: { read: ({ users }) => users.findByEmail('ada@example.org') },
    takenNicknames: { read: ({ users }) => users.takenNicknames(['ada', 'eve']) },
    takenEmails: { read: ({ users }) => users.takenEmails(['ada@example.org']) },
    hasAdminBeside: { read: ({ users }, { ada }) => users.hasAdminBeside(ada) },
    list: { read: ({ users }) => users.list({ limit: 10 }) },
    listSuggestions: { read: ({ users }, { ada }) => users.listSuggestions(ada, 5) },
    insert: {
      write: ({ users }, { build }) => users.insert(build.user({ nickname: 'eve' })),
      seen: ({ users }) => users.findByNickname('eve'),
    },
    insertMany: {
      write: ({ users }, { build }) =>
        users.insertMany([build.user({ nickname: 'fay' }), build.user({ nickname: 'gus' })]),
      seen: ({ users }) => users.takenNicknames(['fay', 'gus']),
    },
    update: {
      write: ({ users }, { ada }) => users.update(ada, { aboutMe: 'changed' }),
      seen: ({ users }, { ada }) => users.find(ada),
    },
    markSeen: {
      write: ({ users }, { ada }) => users.markSeen(ada, new Date('2026-02-03T04:05:06.007Z')),
      seen: ({ users }, { ada }) => users.find(ada),
    },
    delete: {
      write: ({ users }, { ben }) => users.delete(ben),
      seen: ({ users }, { ben }) => users.find(ben),
    },
  },
};
