/** All roles, the one with the fewest rights first. */
export const roles = ['member', 'moderator', 'admin'] as const;
/** The rights of a user. Moderators may delete posts of others. */
export type Role = (typeof roles)[number];
